using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Maps.Warping;

/// <summary>The awaits of a warp, in order.</summary>
public enum WarpMoment
{
    /// <summary>The map calls the character's grain.</summary>
    OrderLeaves,

    /// <summary>That asks the target for a seat.</summary>
    SeatIsAskedFor,

    /// <summary>It has the seat.</summary>
    SeatIsGiven,

    /// <summary>It writes: before the commit.</summary>
    BeforeCommit,

    /// <summary>After the commit.</summary>
    AfterCommit,

    /// <summary>Its answer reaches the map.</summary>
    AnswerArrives,
}

/// <summary>What happens there.</summary>
public enum Mishap
{
    /// <summary>The call or the store fails at once.</summary>
    Fails,

    /// <summary>Nothing comes back for longer than anybody waits; later it takes effect all the same.</summary>
    IsLate,

    /// <summary>The activation of the map that is left is gone; what it has sent is under way.</summary>
    SourceDies,

    /// <summary>The activation of the target is gone, and with it the seat.</summary>
    TargetDies,

    /// <summary>The activation of the character's grain is gone: in the middle of its turn, as soon as that has ended.</summary>
    CharacterDies,
}

/// <summary>Stops a traveller's warp at one moment, once, for a mishap to happen.</summary>
internal sealed class WarpFault : IDisposable
{
    private readonly Traveller _traveller;
    private readonly GrainCluster _cluster;
    private readonly WarpMoment _moment;
    private readonly Action _release;
    private readonly Action<Exception> _fail;

    private WarpFault(Traveller traveller, GrainCluster cluster, WarpMoment moment, Task reached, Action release, Action<Exception> fail) =>
        (_traveller, _cluster, _moment, Reached, _release, _fail) = (traveller, cluster, moment, reached, release, fail);

    /// <summary>Ends when the warp has come to the moment.</summary>
    public Task Reached { get; }

    /// <summary>The character's grain waits in the middle of its turn: it cannot go before it has ended.</summary>
    private bool IsInTurn => _moment is not (WarpMoment.OrderLeaves or WarpMoment.AnswerArrives);

    public static WarpFault At(WarpMoment moment, Traveller traveller, GrainCluster cluster) => moment switch
    {
        WarpMoment.OrderLeaves => OfCall(moment, traveller, cluster, traveller.Character, nameof(ICharacterKeeping.Warp), CallPoint.There),
        WarpMoment.SeatIsAskedFor => OfCall(moment, traveller, cluster, traveller.Away, nameof(IMapEntrance.Reserve), CallPoint.There),
        WarpMoment.SeatIsGiven => OfCall(moment, traveller, cluster, traveller.Away, nameof(IMapEntrance.Reserve), CallPoint.Back),
        WarpMoment.BeforeCommit => OfWrite(moment, traveller, cluster, CommitPoint.Before),
        WarpMoment.AfterCommit => OfWrite(moment, traveller, cluster, CommitPoint.After),
        _ => OfCall(moment, traveller, cluster, traveller.Character, nameof(ICharacterKeeping.Warp), CallPoint.Back),
    };

    public async Task Strike(Mishap mishap)
    {
        if (mishap == Mishap.Fails)
            _fail(new StorageFailure($"The test lets the warp fail: {_moment}."));
        else if (mishap != Mishap.IsLate)
            await Kill(mishap);
    }

    public void Release() => _release();

    public void Dispose() => Release();

    private static WarpFault OfCall(WarpMoment moment, Traveller traveller, GrainCluster cluster, IAddressable target, string method, CallPoint point)
    {
        var hold = cluster.Calls.HoldNext(target.GetGrainId(), method, point);
        return new(traveller, cluster, moment, hold.Arrived, hold.Release, hold.Fail);
    }

    private static WarpFault OfWrite(WarpMoment moment, Traveller traveller, GrainCluster cluster, CommitPoint point)
    {
        var hold = cluster.Storage.HoldNext(
            call => call.IsChange && call.State == CharacterRecord.State && call.Grain == traveller.Character.GetGrainId(), point);
        return new(traveller, cluster, moment, hold.Arrived, hold.Release, hold.Fail);
    }

    private async Task Kill(Mishap mishap)
    {
        IAddressable victim = mishap switch
        {
            Mishap.SourceDies => _traveller.Home,
            Mishap.TargetDies => _traveller.Away,
            _ => _traveller.Character,
        };
        var dying = _cluster.Deactivate(victim);
        if (mishap != Mishap.CharacterDies || !IsInTurn)
            await dying;
        if (mishap != Mishap.SourceDies || _moment != WarpMoment.OrderLeaves) // A call that has not left dies with its caller.
            Release();
        await dying;
    }
}
