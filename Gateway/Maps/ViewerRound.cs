namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// One round over all viewers of a feed: what each is to be told of the replica, and one write to each that has something waiting.
/// The replica stands still meanwhile, so a large round is shared out over the cores, each with a <see cref="ViewerDesk"/> of
/// its own. Guarded by its feed.
/// </summary>
internal sealed class ViewerRound(FeedVisits visits, Replica replica, GatewayMetrics metrics)
{
    /// <summary>Fewer viewers than this are served sooner by one thread than shared out.</summary>
    private const int FewestPerDesk = 128;

    private ViewerDesk[] _desks = [];

    /// <summary>Some viewer was skipped, is new or got a part only: another round is due even when nothing changes.</summary>
    public bool IsDue { get; set; }

    /// <summary>How far players of the map see: known when the first of them enters.</summary>
    public void Open(float visibleRangeMeters)
    {
        if (_desks.Length == 0)
            _desks = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new ViewerDesk(replica, new Interest(visibleRangeMeters), metrics))];
    }

    public void Serve()
    {
        IsDue = false;
        var desks = Math.Clamp(visits.Count / FewestPerDesk, 1, Math.Max(1, _desks.Length));
        if (_desks.Length == 0)
            return;
        if (desks == 1)
            ServeShare(0, 1);
        else
            Parallel.For(0, desks, desk => ServeShare(desk, desks));
        for (var desk = 0; desk < desks; desk++)
            IsDue |= _desks[desk].IsUnfinished;
    }

    private void ServeShare(int desk, int of) =>
        _desks[desk].Serve(visits.All, visits.Count * desk / of, visits.Count * (desk + 1) / of);
}
