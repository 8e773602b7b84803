namespace MmoOrleans.GrainInterfaces;

/// <summary>
/// Orders what one owner hands out. The incarnation is claimed once per activation with a guarded write (stored value
/// plus one), the counter lives in memory: so a later owner is always greater than an earlier one, and only taking over
/// costs a write. A chat line's position has the same shape: the channel's incarnation and the line's number.
/// </summary>
[GenerateSerializer, Immutable, Alias("mmo.Fence")]
public readonly record struct Fence([property: Id(0)] long Incarnation, [property: Id(1)] long Counter) : IComparable<Fence>
{
    /// <summary>Below everything that is ever handed out.</summary>
    public static readonly Fence None;

    public Fence Next() => this with { Counter = Counter + 1 };

    public int CompareTo(Fence other) =>
        Incarnation != other.Incarnation ? Incarnation.CompareTo(other.Incarnation) : Counter.CompareTo(other.Counter);

    public static bool operator <(Fence left, Fence right) => left.CompareTo(right) < 0;
    public static bool operator >(Fence left, Fence right) => left.CompareTo(right) > 0;
    public static bool operator <=(Fence left, Fence right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Fence left, Fence right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Incarnation}.{Counter}";
}

/// <summary>
/// When and by whom an image of a character was taken: the character's owner, the map's fence, the map's tick, compared in
/// that order. Of two images the one with the greater stamp is the newer.
/// </summary>
[GenerateSerializer, Immutable, Alias("mmo.Stamp")]
public readonly record struct Stamp([property: Id(0)] Fence Owner, [property: Id(1)] Fence Map, [property: Id(2)] long Tick) : IComparable<Stamp>
{
    public int CompareTo(Stamp other)
    {
        var byOwner = Owner.CompareTo(other.Owner);
        if (byOwner != 0)
            return byOwner;
        var byMap = Map.CompareTo(other.Map);
        return byMap != 0 ? byMap : Tick.CompareTo(other.Tick);
    }

    public static bool operator <(Stamp left, Stamp right) => left.CompareTo(right) < 0;
    public static bool operator >(Stamp left, Stamp right) => left.CompareTo(right) > 0;
    public static bool operator <=(Stamp left, Stamp right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Stamp left, Stamp right) => left.CompareTo(right) >= 0;
}
