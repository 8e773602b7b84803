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
        var walked = new List<(TimeSpan At, Vector3 Position)>();
        var words = new List<int>(); // The steps that were acknowledged, by their places in the walk.
        var map = "";
        foreach (var one in own)
        {
            switch (one)
            {
                case Witnessed.Stood or Witnessed.Found when map.Length > 0 && MapOf(one) != map && !WasInADoor(walked, words[^1], map):
                    yield return $"{one.Who} at {one.At.TotalSeconds:0.0} s is on {MapOf(one)}, and was on {map}, which it has not left";
                    map = "";
                    break;
                case Witnessed.Found found when found.Map != map:
                    break;
                case Witnessed.Stood stood when stood.Map != map:
                    map = stood.Map;
                    walked.Clear();
                    words.Clear();
                    walked.Add((stood.At, stood.Position));
                    words.Add(0);
                    break;
                case Witnessed.Moved moved when moved.Map == map:
                    walked.Add((moved.At, moved.Position));
                    break;
                case Witnessed.Acknowledged word when word.Map == map:
                    if (FirstFrom(words[^1], walked, word.Position) is var step && step > words[^1])
                        words.Add(step);
                    break;
                case Witnessed.Warping:
                    map = ""; // Where it stands next it has been sent.
                    break;
                case Witnessed.Stood or Witnessed.Put or Witnessed.Found when map.Length > 0:
                    var position = one switch { Witnessed.Put put => put.Position, Witnessed.Stood stood => stood.Position, _ => ((Witnessed.Found)one).Position };
                    if (MapOf(one) == map && Against(walked, words, position, one.At, crashes) is { } why)
                        yield return $"{one.Who} at {one.At.TotalSeconds:0.0} s on {map}: {why}";
                    walked.Add((one.At, position));
                    words.Add(walked.Count - 1);
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

    private static string? Against(List<(TimeSpan At, Vector3 Position)> walked, List<int> words, Vector3 position, TimeSpan at, List<TimeSpan> crashes)
    {
        var (found, newest) = (LastAt(walked, position), words[^1]);
        if (found < newest && IsShortCut(walked, newest, walked.Count - 1, position))
            return null;
        var crashed = crashes.Any(crash => at >= crash && (at - crash <= Aftermath || crash >= walked[newest].At - LastWords));
        if (crashed)
            found = Math.Max(found, EndOfCutCorner(walked, words, position));
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

    /// <summary>The last acknowledged step before which the map may have gone over that place on a short cut from the one that it had acknowledged before, -1: none.</summary>
    private static int EndOfCutCorner(List<(TimeSpan At, Vector3 Position)> walked, List<int> words, Vector3 position)
    {
        for (var i = words.Count - 1; i > 0; i--)
        {
            if (IsShortCut(walked, words[i - 1], words[i], position))
                return words[i];
        }
        return -1;
    }

    /// <summary>
    /// Between an acknowledged place and a later step, on a way no longer than what was walked: a map that stood still for a moment
    /// is told the latest step only, and takes the straight way there.
    /// </summary>
    private static bool IsShortCut(List<(TimeSpan At, Vector3 Position)> walked, int acknowledged, int last, Vector3 position)
    {
        var (from, walkedThere) = (walked[acknowledged].Position, 0f);
        for (var i = acknowledged + 1; i <= last; i++)
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
