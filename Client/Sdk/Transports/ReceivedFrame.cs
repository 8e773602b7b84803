namespace MmoOrleans.Sdk.Transports;

/// <summary>What a transport received: a message, the end, or bytes that are no message.</summary>
public readonly struct ReceivedFrame
{
    private ReceivedFrame(ReceivedKind kind, ReadOnlyMemory<byte> bytes) => (Kind, Bytes) = (kind, bytes);

    /// <summary>Which of the three.</summary>
    public ReceivedKind Kind { get; }

    /// <summary>The message's bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The other side closed the connection.</summary>
    public static ReceivedFrame Closed => new(ReceivedKind.Closed, default);

    /// <summary>The stream cannot be understood: a broken or too long frame.</summary>
    public static ReceivedFrame Malformed => new(ReceivedKind.Malformed, default);

    /// <summary>One message.</summary>
    public static ReceivedFrame Message(ReadOnlyMemory<byte> bytes) => new(ReceivedKind.Message, bytes);
}

/// <summary>See <see cref="ReceivedFrame"/>.</summary>
public enum ReceivedKind
{
    /// <summary>A message.</summary>
    Message,

    /// <summary>The end.</summary>
    Closed,

    /// <summary>Bytes that are no message.</summary>
    Malformed,
}
