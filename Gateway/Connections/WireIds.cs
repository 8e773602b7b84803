using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;

namespace MmoOrleans.Gateway.Connections;

/// <summary>Ids on the wire: 16 opaque bytes, in the order in which they are printed.</summary>
internal static class WireIds
{
    private const int Bytes = 16;

    public static ByteString ToWire(this Guid id) => ByteString.CopyFrom(id.ToByteArray(bigEndian: true));

    /// <summary>Copies: the bytes of a grain's answer belong to the grain.</summary>
    public static ByteString ToWire(this ReadOnlyMemory<byte> bytes) => ByteString.CopyFrom(bytes.Span);

    /// <summary>False for anything that cannot be an id.</summary>
    public static bool TryRead([NotNullWhen(true)] ByteString? bytes, out Guid id)
    {
        var isId = bytes?.Length == Bytes;
        id = isId ? new Guid(bytes!.Span, bigEndian: true) : default;
        return isId;
    }
}
