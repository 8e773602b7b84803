using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MmoOrleans.GrainInterfaces.Chat;

/// <summary>
/// One chat channel for the maps: orders lines, keeps a bounded history, publishes on a stream. Key: <c>chat:{channel}</c>.
/// </summary>
[Alias("mmo.IChatChannelGrain")]
public interface IChatChannelGrain : IGrainWithStringKey
{
    /// <summary>
    /// A map connects with the key that Central gave it and is listed for 10 s; repeated as a heartbeat. Answered with the position of the
    /// last line. Refused: INVALID_SERVER_KEY (ask Central again).
    /// </summary>
    [Alias("Connect")]
    Task<Answer<Fence>> Connect(MapId map, string connectionKey);

    /// <summary>
    /// Says a line to everyone on the channel. Granted when it has its place in the order and is on its way to the maps. Refused:
    /// SERVER_BUSY (256 lines wait), SERVICE_NOT_AVAILABLE; a line past its <see cref="NewChatLine.NotAfter"/> is dropped unseen.
    /// </summary>
    [Alias("Say"), AlwaysInterleave]
    Task<Answer<Fence>> Say(NewChatLine line);

    /// <summary>
    /// What was said after a position, as far as it is kept, and at most so many lines that a gateway takes them at once: who is further behind
    /// asks again from <see cref="ChatHistory.Head"/>.
    /// </summary>
    [Alias("Since"), AlwaysInterleave]
    Task<ChatHistory> Since(Fence position);

    /// <summary>The position of the last line.</summary>
    [Alias("Head"), AlwaysInterleave]
    Task<Fence> Head();

    /// <summary>Activates the channel and has it register with Central. Called by each silo at its start.</summary>
    [Alias("Start")]
    Task Start();

    /// <summary>Connected maps and last sequence. For the dashboard.</summary>
    [Alias("GetState"), AlwaysInterleave]
    Task<ChatState> GetState();
}

/// <param name="Kind">Global or system.</param>
/// <param name="NotAfter">When the sender gives up: a line that is older when its turn comes is not said.</param>
[GenerateSerializer, Immutable, Alias("mmo.NewChatLine")]
public sealed record NewChatLine(
    [property: Id(0)] ChatLineKind Kind,
    [property: Id(1)] CharacterId Sender,
    [property: Id(2)] string SenderName,
    [property: Id(3)] string Text,
    [property: Id(4)] DateTimeOffset NotAfter);

[GenerateSerializer]
public enum ChatLineKind { Local = 0, Global = 1, Whisper = 2, System = 3 }

/// <summary>A line in its place.</summary>
/// <param name="Position">The channel's incarnation and the line's number in it; <see cref="Fence.None"/> for local and whispers.</param>
/// <param name="To">Whisper: the receiver's name, else empty.</param>
[GenerateSerializer, Immutable, Alias("mmo.ChatLine")]
public sealed record ChatLine(
    [property: Id(0)] Fence Position,
    [property: Id(1)] ChatLineKind Kind,
    [property: Id(2)] CharacterId Sender,
    [property: Id(3)] string SenderName,
    [property: Id(4)] string Text,
    [property: Id(5)] DateTimeOffset SaidAt,
    [property: Id(6)] string To = "");

/// <summary>A piece of a channel's history.</summary>
/// <param name="Head">Up to where this piece goes: the position of the channel's last line, unless there are too many for one piece.</param>
/// <param name="Skipped">How many lines after the asked position are no longer held; 0 for one who has heard nothing yet.</param>
[GenerateSerializer, Immutable, Alias("mmo.ChatHistory")]
public sealed record ChatHistory(
    [property: Id(0)] Fence Head,
    [property: Id(1)] ImmutableArray<ChatLine> Lines,
    [property: Id(2)] long Skipped);

/// <summary>The stream event: consecutive lines, and the position of the line before the first.</summary>
[GenerateSerializer, Immutable, Alias("mmo.ChatPublished")]
public sealed record ChatPublished(
    [property: Id(0)] Fence Previous,
    [property: Id(1)] ImmutableArray<ChatLine> Lines);

[GenerateSerializer, Immutable, Alias("mmo.ChatState")]
public sealed record ChatState(
    [property: Id(0)] string Channel,
    [property: Id(1)] string LastSequence,
    [property: Id(2)] int HistoryLines,
    [property: Id(3)] bool RegisteredWithCentral,
    [property: Id(4)] ImmutableArray<string> ConnectedMaps)
{
    /// <summary>Why nothing is known under this id; null: it is known.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unknown { get; init; }
}

/// <summary>Names of the stream that a channel publishes on.</summary>
public static class ChatStreams
{
    /// <summary>The stream provider.</summary>
    public const string Provider = "chat";

    /// <summary>The namespace; the stream's key is the channel's grain key, <c>chat:global</c>.</summary>
    public const string Namespace = "chat";
}
