using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using MmoOrleans.Gateway;
using MmoOrleans.Gateway.Tests.Fakes;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps;
using MmoOrleans.Grains.Maps.Systems;
using MmoOrleans.Protocol;
using MmoOrleans.Silo.Tests.Admin;

namespace MmoOrleans.Silo.Tests.Players;

/// <summary>A whole silo with its gateway and a herd on its start map that never stands still: each frame of a player tells of all of it.</summary>
public sealed class BusySilo() : OperatedSilo("-startMap", StartMap), IAsyncLifetime
{
    public const string StartMap = "Map001";
    public const int Herd = 400;

    private readonly List<TcpClient> _sockets = [];
    private Counts? _counts;

    /// <summary>What the silo counts.</summary>
    public Counts Counts => _counts ??= new Counts(Services.GetRequiredService<IMeterFactory>());

    /// <summary>What its gateway bears from a connection: looked at each time it matters.</summary>
    public ConnectionLimits Limits => Services.GetRequiredService<GatewayOptions>().Limits;

    /// <summary>A new player on the start map, whose client is ready.</summary>
    /// <param name="holds">What the client's system holds of what it has not read, in bytes; null: as much as it likes.</param>
    public async Task<TestClient> Enter(string name, int? holds = null)
    {
        _ = Counts; // From before the first player on.
        var client = await Connect(holds);
        await client.Ask(Commands.Hello());
        await client.Ask(Commands.Register(name, "secret"));
        var login = (await client.Ask(Commands.Login(name, "secret"))).LoggedIn;
        var character = (await client.Ask(Commands.CreateCharacter(name))).CharacterCreated.Character;
        var selected = await Granted(client, () => new ClientMessage { SelectCharacter = new SelectCharacter { CharacterId = character.CharacterId } });
        await Granted(client, () => Commands.Enter(login, selected.MapConnection));
        await client.Ask(new ClientMessage { ClientReady = new ClientReady() });
        return client;
    }

    /// <summary>Every player's connection ends; returns when the gateway knows.</summary>
    public async Task EndAll()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
        _sockets.Clear();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Counts["mmo.gateway.connections"] > 0)
            await Task.Delay(1, patience.Token);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
        _counts?.Dispose();
        await DisposeAsync();
    }

    private protected override void Extend(IServiceCollection services) => services.AddMapSystem<RunningHerd>();

    private async Task<TestClient> Connect(int? holds)
    {
        var socket = new TcpClient();
        if (holds is { } bytes)
            socket.ReceiveBufferSize = bytes;
        _sockets.Add(socket);
        await socket.ConnectAsync(IPAddress.Loopback, Ports.Game);
        return new TestClient(new StreamPipes(socket.GetStream()), Task.CompletedTask);
    }

    /// <summary>Asks again while it is told when to.</summary>
    private static async Task<ServerMessage> Granted(TestClient client, Func<ClientMessage> ask)
    {
        while (true)
        {
            var answer = await client.Ask(ask());
            if (answer.Refused is not { } refused)
                return answer;
            Assert.True(refused.RetryAfterMs > 0, refused.ToString());
            await Task.Delay(TimeSpan.FromMilliseconds(refused.RetryAfterMs));
        }
    }

    private sealed class RunningHerd : IMapSystem
    {
        private readonly List<int> _animals = [];

        public void Load(IMapWorld world, ReadOnlyMemory<byte> state)
        {
            if (world.Map.Map != StartMap)
                return;
            for (var number = 0; number < Herd; number++)
                _animals.Add(world.Spawn(new EntitySpawn(EntityType.Npc, number, $"sheep {number}", PlaceOf(number, 0))));
            Assert.DoesNotContain(0, _animals);
        }

        public void Step(IMapWorld world, TimeSpan step)
        {
            for (var number = 0; number < _animals.Count; number++)
                world.Move(_animals[number], PlaceOf(number, world.Tick));
        }

        private static Pose PlaceOf(int number, long tick) => new(new Position(5 + ((number + (tick * 3)) % 5_000 / 100f), 0, 5 + (number % 50)), (byte)tick);
    }
}
