using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;

namespace MmoOrleans.Grains.Central;

/// <summary>Compares what servers say of themselves.</summary>
internal static class Connections
{
    /// <summary>
    /// Which of two activations of one server is the later one. An epoch is (incarnation, activation time in Unix milliseconds),
    /// with incarnation 0 until it is claimed. Two claimed ones are compared by their incarnation, which storage has ordered; if
    /// one is not claimed yet, the times of their activation must do, and the claim settles it later.
    /// </summary>
    internal static bool IsLater(Fence epoch, Fence than)
    {
        var bothClaimed = epoch.Incarnation != 0 && than.Incarnation != 0;
        return bothClaimed && epoch.Incarnation != than.Incarnation
            ? epoch.Incarnation > than.Incarnation
            : epoch.Counter > than.Counter;
    }

    /// <summary>True if nothing differs that others must learn. (A record's own equality compares arrays by reference.)</summary>
    internal static bool Same(MapServerConnection one, MapServerConnection other) =>
        ReferenceEquals(one, other)
        || (one with { Address = other.Address } == other && one.Address.Endpoints.SequenceEqual(other.Address.Endpoints));
}
