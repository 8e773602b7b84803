namespace MmoOrleans.Protocol.Framing;

/// <summary>What <see cref="FrameReader"/> found at the start of the bytes. Whatever the bytes are, it is one of these; nothing throws.</summary>
public enum FrameStatus
{
    /// <summary>A whole frame was taken off. Its length may be 0, which is a message without a command.</summary>
    Complete,

    /// <summary>The prefix or the frame has not arrived whole: come back with more bytes. Nothing was taken off.</summary>
    Incomplete,

    /// <summary>The prefix does not end within five bytes. The stream cannot be understood any more: close it.</summary>
    MalformedLength,

    /// <summary>The prefix announces more than the limit: close the connection, before any of it is kept.</summary>
    TooLong,
}
