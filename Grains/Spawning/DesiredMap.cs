using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Spawning;

namespace MmoOrleans.Grains.Spawning;

/// <summary>
/// A map that is to be up, and how far it is. Failures in a row put off the next try by 1, 2, 4, 8 and 16 s; when the budget
/// is spent, it is tried once a minute. A map that has stayed up for a while starts over with a full budget.
/// </summary>
internal sealed class DesiredMap(MapId map)
{
    internal const int FailureBudget = 5;
    internal static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan SlowRetry = TimeSpan.FromSeconds(60);

    /// <summary>A map that dies sooner than this after its start has failed once more.</summary>
    internal static readonly TimeSpan Proven = TimeSpan.FromSeconds(30);

    /// <summary>So long after its start a map has to show up in the directory.</summary>
    internal static readonly TimeSpan AppearWithin = TimeSpan.FromSeconds(5);

    /// <summary>A map that is moved to another silo is in no directory for a moment. One that is away for longer has died.</summary>
    internal static readonly TimeSpan MoveWithin = TimeSpan.FromSeconds(1);

    private DateTimeOffset _upSince;
    private DateTimeOffset? _awaySince;
    private bool _wasListed;

    internal MapId Map => map;
    internal SpawnStatus Status { get; private set; }
    internal int Failures { get; private set; }
    internal DateTimeOffset? NextTry { get; private set; }
    internal string LastError { get; private set; } = "";

    internal bool IsDue(DateTimeOffset now) => Status switch
    {
        SpawnStatus.Wanted => true,
        SpawnStatus.BackingOff or SpawnStatus.GivenUp => now >= NextTry,
        _ => false,
    };

    internal void Begin() => (Status, NextTry) = (SpawnStatus.Starting, null);

    internal void Up(DateTimeOffset now) => (Status, NextTry, _upSince, _awaySince, _wasListed) = (SpawnStatus.Up, null, now, null, false);

    internal void Fail(string why, DateTimeOffset now)
    {
        Failures++;
        LastError = why;
        var isGivenUp = Failures >= FailureBudget;
        Status = isGivenUp ? SpawnStatus.GivenUp : SpawnStatus.BackingOff;
        NextTry = now + (isGivenUp ? SlowRetry : BackOff());
    }

    /// <summary>Compares with the directory; true if the map has died.</summary>
    internal bool Look(bool isListed, DateTimeOffset now)
    {
        if (Status != SpawnStatus.Up) return false;
        var isProven = now - _upSince >= Proven;
        if (isProven) (Failures, LastError) = (0, "");
        if (IsThere(isListed, now)) return false;
        if (isProven) (Status, LastError) = (SpawnStatus.Wanted, "It left the directory.");
        else Fail($"It left the directory {(now - _upSince).TotalSeconds:0.0} s after its start.", now);
        return true;
    }

    /// <summary>Also when there is reason to hope so.</summary>
    private bool IsThere(bool isListed, DateTimeOffset now)
    {
        _wasListed |= isListed;
        _awaySince = isListed ? null : _awaySince ?? now;
        return isListed || (_wasListed ? now - _awaySince < MoveWithin : now - _upSince < AppearWithin);
    }

    internal SpawnedMap State() => new(map.ToString(), Status, Failures, NextTry, LastError);

    private TimeSpan BackOff() => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Failures - 1), LongestBackOff.TotalSeconds));
}
