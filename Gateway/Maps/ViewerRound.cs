namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// One round over all viewers of a feed: what each is to be told of the replica, and one write to each that has something waiting.
/// The replica stands still meanwhile, so a large round is shared out over the cores, each with a <see cref="ViewerDesk"/> of
/// its own, in small portions: a core that has other work takes fewer of them, and nobody waits for its half. Guarded by its feed.
/// </summary>
internal sealed class ViewerRound(FeedVisits visits, Replica replica, GatewayMetrics metrics)
{
    /// <summary>Fewer viewers than this are served sooner by one thread than shared out.</summary>
    private const int FewestPerDesk = 128;

    /// <summary>Viewers that a desk takes at a time: half a millisecond's work.</summary>
    private const int Portion = 32;

    private ViewerDesk[] _desks = [];
    private int _taken;

    /// <summary>There is news for everybody.</summary>
    public bool IsDue { get; set; }

    /// <summary>Some visit is behind: it was skipped, is new or got a part only, and is owed a look even when nothing changes.</summary>
    public bool HasBehind { get; set; }

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
        _taken = 0;
        if (desks == 1)
            ServePortions(_desks[0]);
        else
            Parallel.For(0, desks, desk => ServePortions(_desks[desk]));
        HasBehind = false;
        for (var desk = 0; desk < desks; desk++)
            HasBehind |= _desks[desk].HasBehind;
    }

    /// <summary>
    /// Another look at those who are behind, and at nobody else: one client that does not read is behind for ever, and must not cost
    /// the others a round between any two ticks.
    /// </summary>
    public void CatchUp()
    {
        if (!HasBehind || _desks.Length == 0)
            return;
        HasBehind = false;
        _desks[0].CatchUp(visits.All);
        HasBehind = _desks[0].HasBehind;
    }

    private void ServePortions(ViewerDesk desk)
    {
        desk.Begin();
        for (var end = NextPortion(); end - Portion < visits.Count; end = NextPortion())
            desk.Serve(visits.All, end - Portion, Math.Min(end, visits.Count));
        desk.End();
    }

    private int NextPortion() => Interlocked.Add(ref _taken, Portion);
}
