namespace MmoOrleans.Protocol.Framing;

/// <summary>What the bytes of one frame turned out to be.</summary>
public enum ParseStatus
{
    /// <summary>A message that says something this build understands.</summary>
    Parsed,

    /// <summary>Valid protobuf without a command (or fact) that this build knows: empty, or from a newer peer.</summary>
    Unknown,

    /// <summary>Not protobuf, or nested deeper than protobuf allows (100 levels): close the connection.</summary>
    Malformed,
}
