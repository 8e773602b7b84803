namespace MmoOrleans.Bots;

/// <summary>What has been counted so far; the difference of two is what happened in between.</summary>
internal readonly record struct Tally(long Moves, long SentBytes, long Frames, long Updates, long Bytes, long Corrections, long Warps)
{
    public static Tally operator +(Tally one, Tally other) => new(
        one.Moves + other.Moves, one.SentBytes + other.SentBytes, one.Frames + other.Frames, one.Updates + other.Updates,
        one.Bytes + other.Bytes, one.Corrections + other.Corrections, one.Warps + other.Warps);

    public static Tally operator -(Tally later, Tally earlier) => new(
        later.Moves - earlier.Moves, later.SentBytes - earlier.SentBytes, later.Frames - earlier.Frames, later.Updates - earlier.Updates,
        later.Bytes - earlier.Bytes, later.Corrections - earlier.Corrections, later.Warps - earlier.Warps);
}
