using MmoOrleans.Bots.Accounts;
using MmoOrleans.Bots.Chat;
using MmoOrleans.Bots.Maps;
using MmoOrleans.Bots.Wire;
using MmoOrleans.Protocol;
using MmoOrleans.Protocol.Sockets;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots;

/// <summary>What all bots of a run share.</summary>
internal sealed class SwarmContext : IDisposable
{
    private readonly long _started;
    private readonly bool _isGivenTransport;
    private int _hearers;

    public SwarmContext(BotOptions options, TimeProvider time, Func<ServerEndpoint, ITransport>? createTransport = null)
    {
        (Options, Time) = (options, time);
        (CreateTransport, _isGivenTransport) = (createTransport ?? PlatformTransports.Create, createTransport is not null);
        Sockets = Epoll.IsSupported ? new ReadySockets() : null;
        Latency = new LatencyProbe(options.Clients * options.MovesPerSecond, Chance(options.Clients, 3));
        Places = new Places(options.Clients);
        Chat = new ChatProbe(run: (uint)time.GetTimestamp(), options.Clients);
        Book = new AccountBook(options.AccountsPath);
        _started = time.GetTimestamp();
    }

    public BotOptions Options { get; }

    public TimeProvider Time { get; }

    public Func<ServerEndpoint, ITransport> CreateTransport { get; }

    public AccountBook Book { get; }

    public LatencyProbe Latency { get; }

    public ChatProbe Chat { get; }

    public Places Places { get; }

    /// <summary>Where this system can read thousands of sockets with one thread.</summary>
    public ReadySockets? Sockets { get; }

    /// <summary>Finds a bot by its number. Set by the swarm, before any of them moves.</summary>
    public Func<int, Bot> BotAt { get; set; } = static index => throw new InvalidOperationException($"There is no bot {index}.");

    /// <summary>How many bots are in and not dropped, those between two maps included: each of them hears every line, sooner or later.</summary>
    public int Hearers => Volatile.Read(ref _hearers);

    public Problems Problems { get; } = new();

    /// <summary>Time since the run began: one clock for all bots.</summary>
    public TimeSpan Now => Time.GetElapsedTime(_started);

    /// <summary>The connection of a bot's client.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="bot">Who hears.</param>
    /// <param name="holdsBytes">What the system holds for a bot that does not read; 0: as much as it likes.</param>
    public IWire CreateWire(ServerEndpoint endpoint, IWireListener bot, int holdsBytes) =>
        Sockets is { } sockets && !_isGivenTransport && endpoint is { Transport: Endpoint.Types.Transport.Tcp, Secure: false }
            ? new LeanWire(sockets, bot, holdsBytes)
            : new WireTap(CreateTransport(endpoint), bot);

    public void Dispose() => Sockets?.Dispose();

    public void AddHearer() => Interlocked.Increment(ref _hearers);

    public void RemoveHearer() => Interlocked.Decrement(ref _hearers);

    /// <summary>Chance for one purpose of one bot: the same in every run with the same seed.</summary>
    public Random Chance(int bot, int purpose) => new(Mixed(unchecked((Options.Seed * 1_000_003 + bot) * 31 + purpose)));

    // Random's first numbers for seeds that follow each other lie on a line: so would the places of the bots.
    private static int Mixed(int seed)
    {
        var mixed = unchecked((uint)seed * 0x9E3779B1);
        mixed = unchecked((mixed ^ (mixed >> 15)) * 0x85EBCA77);
        return (int)((mixed ^ (mixed >> 13)) & int.MaxValue);
    }
}
