using MmoOrleans.Sdk.Delivery;
using MmoOrleans.Sdk.Maps;
using MmoOrleans.Sdk.Timing;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk;

/// <summary>How a client behaves. Start from <see cref="Default"/> and change with <c>with</c>.</summary>
public sealed record MmoClientOptions
{
    /// <summary>Everything as documented below.</summary>
    public static MmoClientOptions Default { get; } = new();

    /// <summary>Where events are raised and state changes. Default: Captured.</summary>
    public EventDelivery Delivery { get; init; } = EventDelivery.Captured;

    /// <summary>How long a request waits for its answer; selecting may take a server up to 20 s. Default: 25 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How long opening a connection may take; 3 s at most where there are other addresses to try. Default: 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Stay on the connection to Central when a map is entered, also when the map names another gateway. Same events in the same order. Default: false.</summary>
    public bool ReuseConnection { get; init; }

    /// <summary>How often a SERVER_BUSY, RETRY_LATER, MAP_SERVER_NOT_READY or ALREADY_WARPING that names a time is tried again by itself. Default: 5; 0: never.</summary>
    public int BusyRetries { get; init; } = 5;

    /// <summary>The longest time to wait before one such retry; a longer one is answered to the caller. Default: 30 s.</summary>
    public TimeSpan LongestBusyWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a lost map connection is resumed by itself, counted from the loss. Default: 30 s; zero: never.</summary>
    public TimeSpan ResumeWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence of the server after which it counts as dead; it is asked with pings three times within. Default: 10 s.</summary>
    public TimeSpan ServerSilence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far in the past others are drawn, so that there is a later state to move towards. Default: 100 ms.</summary>
    public TimeSpan InterpolationDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a walk sends the position. Default: 10 per second.</summary>
    public double MovesPerSecond { get; init; } = 10;

    /// <summary>Free text for the server's logs, at most 64 bytes. Default: "sdk/VERSION".</summary>
    public string ClientName { get; init; } = "sdk/" + typeof(MmoClientOptions).Assembly.GetName().Version?.ToString(3);

    /// <summary>Called between acceptance and spawning, to load the scene of the map. Default: nothing to load.</summary>
    public Func<MapVisit, CancellationToken, Task>? LoadMap { get; init; }

    /// <summary>Makes the transport of each new connection. Default: TCP and WebSocket of the platform.</summary>
    public Func<ServerEndpoint, ITransport> CreateTransport { get; init; } = PlatformTransports.Create;

    /// <summary>Time. Default: the system's; with <see cref="EventDelivery.Pump"/> one whose timers run out inside Pump.</summary>
    public IClientClock? Clock { get; init; }

    /// <summary>Seeds the chance in waiting times. Default: null, a different one for each client.</summary>
    public int? Seed { get; init; }
}
