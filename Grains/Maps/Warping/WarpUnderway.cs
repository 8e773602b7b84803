using MmoOrleans.GrainInterfaces.Characters;

namespace MmoOrleans.Grains.Maps.Warping;

/// <summary>A character's way to another map, from the freeze until its outcome is known.</summary>
internal sealed class WarpUnderway(WarpOrder order, DateTimeOffset since)
{
    /// <summary>The same in every try but for what is known of those before: its id makes them one warp.</summary>
    public WarpOrder Order { get; private set; } = order;

    /// <summary>Since when its outcome is open without a word of the character's grain.</summary>
    public DateTimeOffset SilentSince { get; set; } = since;

    public DateTimeOffset NextTry { get; set; } = since;

    public bool IsAsked { get; set; }

    /// <summary>Some try may have been written: only its grain can say, and the avatar stays frozen until it does.</summary>
    public bool MayBeWritten => Order.MayBeWritten;

    /// <summary>It took too long, and the client was told to select its character again.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>Some try has an unknown outcome, the last one or one before it.</summary>
    public void AskAgain(DateTimeOffset at) => (IsAsked, NextTry, Order) = (false, at, Order with { MayBeWritten = true });
}
