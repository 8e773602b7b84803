using Google.Protobuf;
using MmoOrleans.Sdk.Chat;
using MmoOrleans.Sdk.Delivery;
using MmoOrleans.Sdk.Maps;
using MmoOrleans.Sdk.Timing;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk;

/// <summary>
/// A player's client: connects to Central, logs in, manages characters, enters a map, walks, warps and talks. It is at most at
/// one place at a time (nowhere, Central, a map) and keeps one connection. The files are one per verb: Connection, Accounts,
/// Characters, Maps, Walking, Warping, Resuming, Chat, and Events, which lists everything that happens by itself.
/// </summary>
/// <example>
/// <code>
/// using var client = new MmoClient();
/// client.Heard += line => Console.WriteLine($"{line.From}: {line.Text}");
/// (await client.ConnectCentralAsync("127.0.0.1", 7000)).OrThrow();
/// (await client.LoginAsync("ada", "secret")).OrThrow();
/// var characters = (await client.CharactersAsync()).OrThrow();
/// var visit = (await client.SelectAndEnterAsync(characters.Characters[0].CharacterId)).OrThrow();
/// await client.WalkToAsync(visit.Start.Position.X + 5, visit.Start.Position.Z);
/// await client.SayAsync("hello");
/// </code>
/// </example>
public sealed partial class MmoClient : IDisposable
{
    private readonly MmoClientOptions _options;
    private readonly ClientLoop _loop;
    private readonly IClientClock _clock;
    private readonly Random _chance;
    private readonly ChatMemory _chat = new();
    private readonly WorldChanges _changes = new();

    /// <summary>A client that is nowhere yet. With <see cref="EventDelivery.Captured"/>, make it on the thread that shall hear the events.</summary>
    public MmoClient(MmoClientOptions? options = null)
    {
        _options = options ?? MmoClientOptions.Default;
        _loop = new ClientLoop(_options.Delivery);
        _clock = _options.Clock ?? (_options.Delivery == EventDelivery.Pump ? new PumpedClock() : new SystemClock());
        _chance = _options.Seed is { } seed ? new Random(seed) : new Random();
        World = new World(_clock, _options.InterpolationDelay);
    }

    /// <summary>The account; empty before login.</summary>
    public ByteString AccountId { get; private set; } = ByteString.Empty;

    /// <summary>Proves the login to maps and after them; empty before login.</summary>
    public string AccessToken { get; private set; } = "";

    /// <summary>0 player, above 0 game master.</summary>
    public uint UserLevel { get; private set; }

    /// <summary>The character that was selected; empty before.</summary>
    public ByteString SelectedCharacterId { get; private set; } = ByteString.Empty;

    /// <summary>The channel it was selected for; empty: the server's choice until a map is entered.</summary>
    public string SelectedChannelId { get; private set; } = "";

    /// <summary>Where Central was last looked for, and where leaving a map returns to.</summary>
    public ServerEndpoint? CentralEndpoint { get; private set; }

    /// <summary>True between CentralConnected and CentralDisconnected.</summary>
    public bool IsConnectedToCentral => _place == Place.Central;

    /// <summary>True between MapConnected and MapDisconnected.</summary>
    public bool IsConnectedToMap => _place == Place.Map;

    /// <summary>What the character sees.</summary>
    public World World { get; }

    /// <summary>What was sent and received.</summary>
    public ClientCounters Counters { get; } = new();

    /// <summary>
    /// Does the work that waits: raises events, completes requests, sends pings. Call it once per frame of the game when the
    /// options say <see cref="EventDelivery.Pump"/>; otherwise there is never anything to do.
    /// </summary>
    public void Pump()
    {
        (_clock as PumpedClock)?.Tick();
        _loop.Pump();
    }

    /// <summary>Forgets account, token, character and chat positions, as after a logout. The connection stays.</summary>
    public void ClearClientData()
    {
        ClearLogin();
        SelectedCharacterId = ByteString.Empty;
        SelectedChannelId = "";
        _resumeToken = ByteString.Empty;
        _chat.Forget();
    }

    /// <summary>Disconnects without waiting.</summary>
    public void Dispose()
    {
        _loop.Post(LeaveEverything);
        if (_options.Delivery == EventDelivery.Pump) Pump();
    }

    private void ClearLogin()
    {
        AccountId = ByteString.Empty;
        AccessToken = "";
        UserLevel = 0;
    }

    private enum Place
    {
        Nowhere,
        Central,
        Map,
    }
}
