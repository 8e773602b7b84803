using MmoOrleans.Bots.Accounts;
using MmoOrleans.Bots.Chat;
using MmoOrleans.Bots.Maps;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots;

/// <summary>What all bots of a run share.</summary>
internal sealed class SwarmContext
{
    private readonly long _started;
    private int _hearers;

    public SwarmContext(BotOptions options, TimeProvider time, Func<ServerEndpoint, ITransport>? createTransport = null)
    {
        (Options, Time) = (options, time);
        CreateTransport = createTransport ?? PlatformTransports.Create;
        Latency = new LatencyProbe(options.Clients * options.MovesPerSecond);
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

    public Roster Roster { get; } = new();

    /// <summary>How many bots are in and not dropped, those between two maps included: each of them hears every line, sooner or later.</summary>
    public int Hearers => Volatile.Read(ref _hearers);

    public Problems Problems { get; } = new();

    /// <summary>Time since the run began: one clock for all bots.</summary>
    public TimeSpan Now => Time.GetElapsedTime(_started);

    public void AddHearer() => Interlocked.Increment(ref _hearers);

    public void RemoveHearer() => Interlocked.Decrement(ref _hearers);

    /// <summary>Chance for one purpose of one bot: the same in every run with the same seed.</summary>
    public Random Chance(int bot, int purpose) => new(unchecked((Options.Seed * 1_000_003 + bot) * 31 + purpose));
}
