using System.Buffers;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// A growing buffer on rented memory. An empty one holds none, so that ten thousand quiet connections cost nothing here.
/// Whoever bounds what is written bounds it.
/// </summary>
internal sealed class PooledBuffer : IBufferWriter<byte>
{
    private const int SmallestBytes = 512;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    /// <summary>Forgets what was written and gives the memory back.</summary>
    public void Release()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, Length) = ([], 0);
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Length >= more)
            return;
        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestBytes, Math.Max(Length + more, _bytes.Length * 2)));
        _bytes.AsSpan(0, Length).CopyTo(grown);
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = grown;
    }
}
