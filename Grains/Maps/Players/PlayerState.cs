namespace MmoOrleans.Grains.Maps.Players;

internal enum PlayerState
{
    /// <summary>Admitted, its client still loads: holds a place, nobody sees it.</summary>
    Accepted,

    /// <summary>Plays.</summary>
    Present,

    /// <summary>Its connection broke: stands there until its grace is over or it comes back.</summary>
    Lingering,
}
