namespace MmoOrleans.Chaos.Histories;

/// <summary>
/// Whether a run proves anything: enough happened, and the fault came while it could hurt: somebody was between two maps, somebody had
/// just said something, and something was being written.
/// </summary>
public static class Coverage
{
    public static readonly TimeSpan ShortestAfterFault = TimeSpan.FromSeconds(5);

    /// <summary>Of those on maps.</summary>
    public const double LeastWarping = 0.05;

    private const int FewestWitnesses = 5;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(1);

    public static IEnumerable<string> Missing(IReadOnlyList<Witnessed> history)
    {
        var witnesses = history.OfType<Witnessed.Stood>().Select(stood => stood.Who).Distinct().Count();
        if (witnesses < FewestWitnesses)
            yield return $"only {witnesses} characters stood on a map: this proves nothing";
        var faults = history.OfType<Witnessed.Fault>().ToList();
        if (faults.Count == 0)
            yield return "nothing was broken: this proves nothing";
        else if (history[^1].At - faults[^1].At < ShortestAfterFault)
            yield return $"the history ends {(history[^1].At - faults[^1].At).TotalSeconds:0.0} s after the last fault: too soon to prove anything";
        foreach (var fault in faults.SelectMany(fault => MissingAt(fault, history)))
            yield return fault;
    }

    /// <summary>How many are between two maps at a time, and how many are on maps or between two.</summary>
    public static (int Warping, int Playing) PlayersAt(TimeSpan at, IEnumerable<Witnessed> history)
    {
        var last = history.Where(one => one.At <= at && one is Witnessed.Stood or Witnessed.Warping or Witnessed.GaveUp)
            .GroupBy(one => one.Who).Select(ofOne => ofOne.MaxBy(one => one.At)).ToList();
        return (last.Count(one => one is Witnessed.Warping), last.Count(one => one is not Witnessed.GaveUp));
    }

    /// <summary>What did not go on when a fault came, so that it proves nothing.</summary>
    public static IEnumerable<string> MissingAt(Witnessed.Fault fault, IReadOnlyList<Witnessed> history)
    {
        var (warping, playing) = PlayersAt(fault.At, history);
        if (warping < LeastWarping * playing)
            yield return $"at \"{fault.What}\" {warping} of {playing} were warping: too few";
        if (!history.OfType<Witnessed.Said>().Any(said => said.SentAt <= fault.At && said.SentAt >= fault.At - LongestSilence))
            yield return $"at \"{fault.What}\" nobody had said anything for {LongestSilence.TotalSeconds:0} s";
        var over = history.Where(one => one is Witnessed.Made or Witnessed.Failed).ToDictionary(one => one.Who, one => one.At);
        if (!history.OfType<Witnessed.Asked>().Any(asked => asked.At <= fault.At && (!over.TryGetValue(asked.Who, out var at) || at >= fault.At)))
            yield return $"at \"{fault.What}\" nothing was being written";
    }
}
