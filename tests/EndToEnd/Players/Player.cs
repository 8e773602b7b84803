using System.Collections.Concurrent;
using System.Globalization;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Maps;

namespace MmoOrleans.EndToEnd.Players;

/// <summary>Somebody who plays through the Sdk and remembers what happened, in order.</summary>
public sealed class Player : IAsyncDisposable
{
    private static int _made;

    private readonly ConcurrentQueue<string> _seen = new();

    private Player(string name, MmoClientOptions options)
    {
        Name = name;
        Client = new MmoClient(options);
        Client.CentralConnected += _ => Note("central connected");
        Client.CentralDisconnected += reason => Note($"central disconnected {reason.Cause}");
        Client.MapConnected += endpoint => Note($"map connected {endpoint}");
        Client.MapDisconnected += reason => Note($"map disconnected {reason.Cause} {reason.Code}");
        Client.Entered += entity => Note($"entered {entity.Name}");
        Client.Left += entity => Note($"left {entity.Name}");
        Client.Heard += line => Note($"heard {line.Kind} {line.From}: {line.Text}");
        Client.Warping += to => Note($"warping {to.Map}");
        Client.Warped += visit => Note($"warped {visit.Map}");
        Client.WarpRefused += refusal => Note($"warp refused {refusal}");
        Client.Corrected += correction => Note($"corrected {correction.Code}");
        Client.Kicked += reason => Note($"kicked {reason.Code}");
    }

    public string Name { get; }

    public string Password => "secret of " + Name;

    public MmoClient Client { get; }

    /// <summary>What happened so far.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>A new account with a character of the same name, connected to Central and logged in.</summary>
    public static async Task<Player> New(int port, MmoClientOptions? options = null)
    {
        var player = new Player($"P{Environment.ProcessId % 10_000}x{Interlocked.Increment(ref _made)}", options ?? MmoClientOptions.Default);
        await player.Connect(port);
        (await player.Client.RegisterAsync(player.Name, player.Password)).OrThrow();
        (await player.Client.LoginAsync(player.Name, player.Password)).OrThrow();
        (await player.Client.CreateCharacterAsync(player.Name)).OrThrow();
        return player;
    }

    /// <summary>The same person at another client: not connected yet.</summary>
    public Player AtAnotherClient(MmoClientOptions? options = null) => new(Name, options ?? MmoClientOptions.Default);

    public async Task Connect(int port) => (await Client.ConnectCentralAsync("127.0.0.1", port)).OrThrow();

    public async Task Login() => (await Client.LoginAsync(Name, Password)).OrThrow();

    public async Task<MapVisit> Enter(string channel = "")
    {
        var characters = (await Client.CharactersAsync()).OrThrow();
        return (await Client.SelectAndEnterAsync(characters.Characters.Single(c => c.Name == Name).CharacterId, channel)).OrThrow();
    }

    /// <summary>Tries to log in and enter; whoever is refused or kicked on the way gives up.</summary>
    public async Task TryToPlay(int port)
    {
        try
        {
            await Connect(port);
            await Login();
            await Enter();
        }
        catch (MmoException refused)
        {
            Note($"gave up {refused.Code}");
        }
    }

    public async Task<WalkEnd> Walk(float x, float z) => (await Client.WalkToAsync(x, z)).OrThrow();

    /// <summary>Says it to all; what could not be taken in time, again: the machine may have been too busy.</summary>
    public async Task SayToAll(string text) =>
        (await Lines.Say(() => Client.GlobalAsync(text), said => said.Code == ErrorCode.ChatNotAvailable)).OrThrow();

    public async Task Saw(string what) => await Until.Found(() => _seen.FirstOrDefault(seen => seen.Contains(what, StringComparison.Ordinal)), $"{Name} to see '{what}'", Story);

    /// <summary>The place of the first thing seen that has this text; -1: not seen.</summary>
    public int OrderOf(string what) => Array.FindIndex([.. _seen], seen => seen.StartsWith(what, StringComparison.Ordinal));

    public string Story() => string.Join('\n', _seen);

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Note(string what) => _seen.Enqueue(what.ToString(CultureInfo.InvariantCulture));
}
