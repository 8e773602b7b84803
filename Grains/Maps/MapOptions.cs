using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Maps;

/// <summary>How the maps of a silo behave.</summary>
public sealed class MapOptions
{
    /// <summary>Steps and frames per second. Default: 20.</summary>
    public int TickRate { get; set; } = 20;

    /// <summary>How far a player sees, in metres; told to clients and gateways. Default: 80.</summary>
    public float VisibleRangeMeters { get; set; } = 80;

    /// <summary>The fastest a player may walk. Default: 6 metres per second.</summary>
    public float MaxSpeedMetersPerSecond { get; set; } = 6;

    /// <summary>How far above or below the ground (y = 0) a player may be; farther is MOVE_OUT_OF_BOUNDS. Default: 3 metres.</summary>
    public float MaxHeightMeters { get; set; } = 3;

    /// <summary>Players on one map at most; beyond it entries are refused with MAP_IS_FULL. Default: 10,000.</summary>
    public int Capacity { get; set; } = 10_000;

    /// <summary>Entities on one map at most; beyond it <see cref="Systems.IMapWorld.Spawn"/> spawns nothing. Default: 50,000.</summary>
    public int MaxEntities { get; set; } = 50_000;

    /// <summary>Entries taken between two steps; who comes then is told SERVER_BUSY and when there will be room for it, a second at most. Default: 256, 5,120 a second.</summary>
    public int EntriesPerStep { get; set; } = 256;

    /// <summary>How long a player whose connection broke stays and can be resumed. Default: 5 s.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a client may load before it says that it is ready; then it loses its place. Default: 60 s.</summary>
    public TimeSpan ReadyWithin { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A seat is held at most this long, whatever was asked for. Default: 30 s.</summary>
    public TimeSpan LongestSeatLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A gateway that says nothing for this long is dropped and its players' grace starts. Default: 3 s.</summary>
    public TimeSpan GatewayLease { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Events that wait for one gateway at most; beyond it the gateway is dropped as if it were silent. Default: 4096.</summary>
    public int EventsPerGateway { get; set; } = 4096;

    /// <summary>How far local chat is heard, in metres. Default: 10.</summary>
    public float LocalChatMeters { get; set; } = 10;

    /// <summary>Lines that may be said at once. Default: 5.</summary>
    public int ChatBurst { get; set; } = 5;

    /// <summary>After the burst one more line each. Default: 3 s.</summary>
    public TimeSpan ChatInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Lines said too fast before the player is muted. Default: 3.</summary>
    public int ChatViolationsBeforeMute { get; set; } = 3;

    /// <summary>How long the first, second and each later mute in a row lasts. Default: 5, 15, 30 minutes.</summary>
    public IReadOnlyList<TimeSpan> MuteSteps { get; set; } = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30)];

    /// <summary>After this time without a mute the next one is a first one again. Default: 10 minutes.</summary>
    public TimeSpan MuteForgottenAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest line, in bytes of UTF-8: <see cref="WireLimits.ChatTextBytes"/> at most. Default: 500.</summary>
    public int ChatMaxBytes { get; set; } = WireLimits.ChatTextBytes;

    /// <summary>
    /// How often a map with players asks for the last line of global chat, because a lost last line shows no gap. Below a second, so
    /// that such a line is heard within one. Default: 800 ms.
    /// </summary>
    public TimeSpan ChatPollEvery { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>A map connects to chat again this often; the channel lists it for 10 s. Default: 5 s.</summary>
    public TimeSpan ChatHeartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after its last player left a map still listens to global chat. Default: 30 s.</summary>
    public TimeSpan ChatLinger { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a map with players stores their positions. Default: 2 s.</summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a map waits for any answer before it goes on without. Default: 2 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A warp whose outcome is unknown is asked for again this often. Default: 500 ms.</summary>
    public TimeSpan WarpRetry { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After this time without a word of its character's grain the client is told to select its character again. Default: 10 s.</summary>
    public TimeSpan WarpPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>One correction at most in this time per player; see <see cref="Systems.MovementSystem"/>. Default: 200 ms.</summary>
    public TimeSpan CorrectionEvery { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a starting map waits for a gateway's address before it registers without one. Default: 3 s.</summary>
    public TimeSpan AddressWithin { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Pause between attempts to register with Central and to connect to chat. Default: 1 s.</summary>
    public TimeSpan ConnectRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The length of a step.</summary>
    internal TimeSpan Step => TimeSpan.FromSeconds(1.0 / TickRate);
}
