namespace MmoOrleans.Chaos.Histories;

/// <summary>
/// A line that was acknowledged to its speaker is heard by everybody who stays: once, after the lines that the same speaker said
/// before, and by all in the same order. Whoever resumes by itself has stayed; who has given up has not.
/// </summary>
public static class Hearing
{
    /// <summary>So long after a character is first on a map lines may pass it by, and so long before the end they may still be on their way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    public static IEnumerable<string> Broken(IReadOnlyList<Witnessed> history)
    {
        var end = history.Count > 0 ? history[^1].At : TimeSpan.Zero;
        var said = history.OfType<Witnessed.Said>().ToList();
        if (said.Count == 0)
            return ["nobody said anything: this proves nothing"];
        var heard = history.OfType<Witnessed.Heard>().ToLookup(line => line.Who);
        var longest = heard.OrderByDescending(ofOne => ofOne.Count()).FirstOrDefault();
        var order = longest?.DistinctBy(line => (line.From, line.Number)).Select((line, place) => (line, place)).ToDictionary(one => (one.line.From, one.line.Number), one => one.place) ?? [];
        var gone = history.OfType<Witnessed.GaveUp>().ToLookup(one => one.Who);
        return heard.SelectMany(ofOne => InAnotherOrder(ofOne.Key, ofOne, longest!.Key, order)).Concat(history.OfType<Witnessed.Stood>().GroupBy(stood => stood.Who).SelectMany(one =>
            BrokenFor(one.Key, [.. heard[one.Key]], said, one.Min(stood => stood.At) + Margin, gone[one.Key].Select(stop => stop.At).Append(end).Min() - Margin)));
    }

    private static IEnumerable<string> InAnotherOrder(string who, IEnumerable<Witnessed.Heard> heard, string other, Dictionary<(string, int), int> order)
    {
        var last = -1;
        foreach (var line in heard)
        {
            if (!order.TryGetValue((line.From, line.Number), out var place))
                continue;
            if (place < last)
                yield return $"{who} heard line {line.Number} of {line.From} at {line.At.TotalSeconds:0.0} s after others that {other} heard later";
            last = Math.Max(last, place);
        }
    }

    private static IEnumerable<string> BrokenFor(string who, List<Witnessed.Heard> heard, List<Witnessed.Said> said, TimeSpan from, TimeSpan to)
    {
        var known = new HashSet<(string, int)>();
        var last = new Dictionary<string, int>();
        foreach (var line in heard)
        {
            if (!known.Add((line.From, line.Number)))
                yield return $"{who} heard line {line.Number} of {line.From} twice, again at {line.At.TotalSeconds:0.0} s";
            else if (last.TryGetValue(line.From, out var before) && before > line.Number)
                yield return $"{who} heard line {line.Number} of {line.From} after line {before}, at {line.At.TotalSeconds:0.0} s";
            last[line.From] = line.Number;
        }
        foreach (var line in said.Where(line => line.SentAt >= from && line.At <= to && !known.Contains((line.Who, line.Number))))
            yield return $"{who} did not hear line {line.Number} of {line.Who}, said at {line.SentAt.TotalSeconds:0.0} s";
    }
}
