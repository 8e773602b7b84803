using System.Numerics;
using MmoOrleans.Chaos.Wanderers;

namespace MmoOrleans.Chaos.Histories;

/// <summary>
/// Where a character is put, on the map where it was, it has been, or was on the straight way to where it has: at the newest place that the server had acknowledged or a later one, and
/// after a fault that nobody planned at one that is at most <see cref="Lag"/> older.
/// </summary>
public static class Positions
{
    /// <summary>Between two checkpoints of a map, and a moment for the one that was on its way.</summary>
    public static readonly TimeSpan Lag = TimeSpan.FromSeconds(3);

    /// <summary>The wire has centimetres.</summary>
    private const float Same = 0.05f;

    /// <summary>So long after an unplanned fault its losses may show: until the map runs elsewhere and everybody is back.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(15);

    /// <summary>What was acknowledged so shortly before a crash was the last, however long it takes until everything runs again.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    public static IEnumerable<string> Broken(IReadOnlyList<Witnessed> history)
    {
        var crashes = history.OfType<Witnessed.Fault>().Where(fault => !fault.IsPlanned).Select(fault => fault.At).ToList();
        return history.GroupBy(one => one.Who).SelectMany(ofOne => BrokenFor([.. ofOne], crashes));
    }

    private static IEnumerable<string> BrokenFor(List<Witnessed> own, List<TimeSpan> crashes)
    {
        var (walked, acknowledged) = (new List<(TimeSpan At, Vector3 Position)>(), new List<(TimeSpan At, Vector3 Position)>());
        var (map, newest) = ("", -1);
        foreach (var one in own)
        {
            switch (one)
            {
                case Witnessed.Stood or Witnessed.Found when map.Length > 0 && MapOf(one) != map && !WasInADoor(walked, newest, map):
                    yield return $"{one.Who} at {one.At.TotalSeconds:0.0} s is on {MapOf(one)}, and was on {map}, which it has not left";
                    map = "";
                    break;
                case Witnessed.Found found when found.Map != map:
                    break;
                case Witnessed.Stood stood when stood.Map != map:
                    (map, newest) = (stood.Map, 0);
                    walked.Clear();
                    acknowledged.Clear();
                    walked.Add((stood.At, stood.Position));
                    acknowledged.Add((stood.At, stood.Position));
                    break;
                case Witnessed.Moved moved when moved.Map == map:
                    walked.Add((moved.At, moved.Position));
                    break;
                case Witnessed.Acknowledged word when word.Map == map:
                    newest = Math.Max(newest, FirstFrom(newest, walked, word.Position));
                    acknowledged.Add((word.At, word.Position));
                    break;
                case Witnessed.Warping:
                    map = ""; // Where it stands next it has been sent.
                    break;
                case Witnessed.Stood or Witnessed.Put or Witnessed.Found when newest >= 0 && map.Length > 0:
                    var position = one switch { Witnessed.Put put => put.Position, Witnessed.Stood stood => stood.Position, _ => ((Witnessed.Found)one).Position };
                    if (MapOf(one) == map && Against(walked, acknowledged, newest, position, one.At, crashes) is { } why)
                        yield return $"{one.Who} at {one.At.TotalSeconds:0.0} s on {map}: {why}";
                    walked.Add((one.At, position));
                    acknowledged.Add((one.At, position));
                    newest = walked.Count - 1;
                    break;
            }
        }
    }

    private static string MapOf(Witnessed one) => one switch
    {
        Witnessed.Stood stood => stood.Map,
        Witnessed.Put put => put.Map,
        Witnessed.Found found => found.Map,
        _ => "",
    };

    /// <summary>So that it may have been sent on its way, though nobody could tell it. From then on the server takes no step.</summary>
    private static bool WasInADoor(List<(TimeSpan At, Vector3 Position)> walked, int newest, string map) =>
        walked.Skip(newest).Any(step => Ground.IsInDoor(map, step.Position));

    private static string? Against(
        List<(TimeSpan At, Vector3 Position)> walked, List<(TimeSpan At, Vector3 Position)> acknowledged, int newest, Vector3 position, TimeSpan at, List<TimeSpan> crashes)
    {
        var found = LastAt(walked, position);
        if (found < newest && IsShortCut(walked, newest, position))
            return null;
        var crashed = crashes.Any(crash => at >= crash && (at - crash <= Aftermath || crash >= walked[newest].At - LastWords));
        if (crashed && LastAt(acknowledged, position) is >= 0 and var word && acknowledged[^1].At - acknowledged[word].At <= Lag)
            return null; // On a corner that it had cut before, which its own steps do not tell.
        if (found < 0)
            return $"put at {position}, where it has never been";
        var lost = walked[newest].At - walked[found].At;
        var allowed = crashed ? Lag : TimeSpan.Zero;
        return lost > allowed ? $"put back {lost.TotalSeconds:0.00} s behind what was acknowledged" : null;
    }

    /// <summary>
    /// The first step from the newest acknowledged one on that led there, -1: none. Who walks to and fro on one way is in each place of it twice, and may
    /// have walked back already when the word of its way out comes.
    /// </summary>
    private static int FirstFrom(int newest, List<(TimeSpan At, Vector3 Position)> walked, Vector3 position)
    {
        for (var i = Math.Max(0, newest); i < walked.Count; i++)
            if (Distance(position, walked[Math.Max(0, i - 1)].Position, walked[i].Position) <= Same)
                return i;
        return -1;
    }

    /// <summary>The last step that led there or past it: who walks faster than the server lets it is put where it could have come.</summary>
    private static int LastAt(List<(TimeSpan At, Vector3 Position)> walked, Vector3 position)
    {
        for (var i = walked.Count - 1; i >= 0; i--)
        {
            if (Distance(position, walked[Math.Max(0, i - 1)].Position, walked[i].Position) <= Same)
                return i;
        }
        return -1;
    }

    /// <summary>
    /// Between the newest acknowledged place and a later step, on a way no longer than what was walked: a map that stood still for a moment
    /// is told the latest step only, and takes the straight way there.
    /// </summary>
    private static bool IsShortCut(List<(TimeSpan At, Vector3 Position)> walked, int newest, Vector3 position)
    {
        var (from, walkedThere) = (walked[newest].Position, 0f);
        for (var i = newest + 1; i < walked.Count; i++)
        {
            walkedThere += Vector3.Distance(walked[i - 1].Position, walked[i].Position);
            if (Vector3.Distance(from, position) + Vector3.Distance(position, walked[i].Position) <= walkedThere + Same)
                return true;
        }
        return false;
    }

    private static float Distance(Vector3 point, Vector3 from, Vector3 to)
    {
        var way = to - from;
        var part = way.LengthSquared() == 0 ? 0 : Math.Clamp(Vector3.Dot(point - from, way) / way.LengthSquared(), 0, 1);
        return Vector3.Distance(point, from + way * part);
    }
}
