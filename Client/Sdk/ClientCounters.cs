namespace MmoOrleans.Sdk;

/// <summary>What a client has sent and received since it was made; for overlays, tests and load generators.</summary>
public sealed class ClientCounters
{
    /// <summary>Messages sent.</summary>
    public long MessagesSent { get; private set; }

    /// <summary>Bytes of messages sent, without framing.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Messages received.</summary>
    public long MessagesReceived { get; private set; }

    /// <summary>Bytes of messages received, without framing.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Moves sent.</summary>
    public long MovesSent { get; internal set; }

    /// <summary>Map frames received.</summary>
    public long FramesReceived { get; internal set; }

    /// <summary>Entity states received in frames.</summary>
    public long UpdatesReceived { get; internal set; }

    /// <summary>Corrections of the own position received.</summary>
    public long Corrections { get; internal set; }

    /// <summary>Answers that named a time to try again.</summary>
    public long BusyAnswers { get; internal set; }

    internal void Sent(int bytes)
    {
        MessagesSent++;
        BytesSent += bytes;
    }

    internal void Received(int bytes)
    {
        MessagesReceived++;
        BytesReceived += bytes;
    }
}
