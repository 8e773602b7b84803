namespace MmoOrleans.Gateway;

/// <summary>What the gateway bears from one connection, and what happens beyond it.</summary>
public sealed class ConnectionLimits
{
    /// <summary>A connection that has not said Hello by then is closed with IDLE_TIMEOUT. Default: 10 s.</summary>
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A connection that has proved no account for so long, since Hello or Logout, is closed with IDLE_TIMEOUT: pings do not keep
    /// a seat. Default: 60 s.
    /// </summary>
    public TimeSpan LoginTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Silence for this long closes the connection with IDLE_TIMEOUT. Default: 30 s.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After this much silence the gateway asks with a Ping; clients are told to speak as often. Default: 10 s.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests that wait behind the one being handled; the next one is refused with SERVER_BUSY. Default: 16.</summary>
    public int WaitingRequests { get; set; } = 16;

    /// <summary>What the waiting requests take at most, in bytes as they came; refused in the same way. Default: 16 KiB.</summary>
    public int WaitingRequestBytes { get; set; } = 16 * 1024;

    /// <summary>Requests per second, sustained; beyond it they are refused with RATE_LIMITED. Default: 20.</summary>
    public int RequestsPerSecond { get; set; } = 20;

    /// <summary>Requests that may come at once. Default: 60.</summary>
    public int RequestBurst { get; set; } = 60;

    /// <summary>Moves per second, sustained; beyond it they are dropped, the next one that passes says where the player is. Default: 60.</summary>
    public int MovesPerSecond { get; set; } = 60;

    /// <summary>Moves that may come at once, after a stalled network for example. Default: 300.</summary>
    public int MoveBurst { get; set; } = 300;

    /// <summary>
    /// Messages of any kind per second, sustained; beyond it the connection is closed with RATE_LIMITED. A long message counts
    /// once more per 512 bytes, before it is parsed. WebSocket frames, pings and parts among them, have a bucket of twice this
    /// size, and beyond that are read no more. Default: 200.
    /// </summary>
    public int MessagesPerSecond { get; set; } = 200;

    /// <summary>Messages of any kind that may come at once. Default: 1,000.</summary>
    public int MessageBurst { get; set; } = 1_000;

    /// <summary>
    /// Answers and events that wait to be sent, in bytes; one more closes the connection with SLOW_READER. A map frame is not
    /// counted: one waits at most, a client that has not taken it is skipped. Default: 256 KiB.
    /// </summary>
    public int SendQueueBytes { get; set; } = 256 * 1024;

    /// <summary>A write that takes longer closes the connection with SLOW_READER. Default: 10 s.</summary>
    public TimeSpan StalledWriteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the last message gets to be sent, and then the client to close first. Default: 1 s.</summary>
    public TimeSpan CloseLinger { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Connections that are being told why they are turned away, at the same time; the next is cut without a word. Default: 100.</summary>
    public int TurnedAwayAtOnce { get; set; } = 100;

    /// <summary>How long a client that was told Warped may stay before it is closed. Default: 10 s.</summary>
    public TimeSpan WarpDeparture { get; set; } = TimeSpan.FromSeconds(10);
}
