namespace MmoOrleans.Grains.Maps.Entities;

/// <summary>
/// Hands out entity ids of one map incarnation: a million of its own, so that an id of the incarnation before a fail-over does
/// not mean somebody else after it. When they are used up it starts over, passing over those still in use. Never 0, and never
/// negative: of the incarnation eleven bits count.
/// </summary>
internal sealed class EntityIds(long incarnation)
{
    private const int Bits = 20;

    private readonly int _first = (int)(incarnation & 0x7FF) << Bits;
    private int _last;

    /// <param name="isUsed">Whether an id is still held; must be false for most of the range.</param>
    public int Next(Func<int, bool> isUsed)
    {
        do
            _last = _last == (1 << Bits) - 1 ? 1 : _last + 1;
        while (isUsed(_first + _last));
        return _first + _last;
    }
}
