using Google.Protobuf;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// Each entity's state, encoded once per change as a ready-made element of <c>MapFrame.entities</c> (tag, length, EntityState), so
/// that a viewer's frame is made by copying. The moving part of slot n lies at n x 32 of one array; the identity, which
/// changes rarely and whose size varies, in an array of its own. The full state of an entity that enters view is a new
/// length, the moving part and the identity.
/// </summary>
internal sealed class EntitySlices
{
    private const byte EntitiesTag = (MapFrame.EntitiesFieldNumber << 3) | 2;
    private const byte IdTag = EntityState.IdFieldNumber << 3;
    private const byte XTag = EntityState.XCmFieldNumber << 3;
    private const byte YTag = EntityState.YCmFieldNumber << 3;
    private const byte ZTag = EntityState.ZCmFieldNumber << 3;
    private const byte HeadingTag = EntityState.HeadingFieldNumber << 3;

    /// <summary>Tag and length (2), four numbers of up to 5 bytes behind a tag (24), the heading (3): 29 at most.</summary>
    private const int Stride = 32;
    private const int HeaderBytes = 2;

    private byte[] _moving = [];
    private byte[] _movingLength = [];
    private byte[][] _identity = [];

    public void Reserve(int slots)
    {
        Array.Resize(ref _moving, slots * Stride);
        Array.Resize(ref _movingLength, slots);
        Array.Resize(ref _identity, slots);
    }

    public void Encode(int slot, in EntityChange state)
    {
        var target = _moving.AsSpan(slot * Stride, Stride);
        var written = HeaderBytes;
        written += Number(target[written..], IdTag, (uint)state.Entity);
        written += Number(target[written..], XTag, ZigZag(state.X));
        written += Number(target[written..], YTag, ZigZag(state.Y));
        written += Number(target[written..], ZTag, ZigZag(state.Z));
        written += Number(target[written..], HeadingTag, state.Heading);
        (target[0], target[1]) = (EntitiesTag, (byte)(written - HeaderBytes));
        _movingLength[slot] = (byte)written;
    }

    public void Encode(int slot, EntityIdentityChange identity) => _identity[slot] = new EntityState
    {
        Identity = new EntityIdentity
        {
            Kind = (EntityKind)(int)identity.Kind,
            TypeId = (uint)identity.TypeId,
            Name = identity.Name,
            Properties = ByteString.CopyFrom(identity.Properties.Span),
        },
    }.ToByteArray();

    public void Forget(int slot) => (_movingLength[slot], _identity[slot]) = (0, []);

    /// <summary>The moving part as an element of the frame.</summary>
    public void CopyChange(int slot, FrameWriter frame)
    {
        frame.BeginEntity();
        frame.Append(_moving.AsSpan(slot * Stride, _movingLength[slot]));
    }

    /// <summary>Everything as one element of the frame.</summary>
    public void CopyFull(int slot, FrameWriter frame)
    {
        var moving = _moving.AsSpan((slot * Stride) + HeaderBytes, _movingLength[slot] - HeaderBytes);
        var identity = _identity[slot];
        frame.BeginEntity();
        frame.AppendTagAndLength(EntitiesTag, moving.Length + identity.Length);
        frame.Append(moving);
        frame.Append(identity);
    }

    private static uint ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));

    // As protobuf writes it: a zero is left out.
    private static int Number(Span<byte> target, byte tag, uint value)
    {
        if (value == 0)
            return 0;
        target[0] = tag;
        return 1 + Protocol.Framing.FrameWriter.WriteLength(target[1..], (int)value);
    }
}
