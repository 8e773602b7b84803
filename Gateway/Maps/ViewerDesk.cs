namespace MmoOrleans.Gateway.Maps;

/// <summary>Serves viewers one after another: the working memory for it, used again for each, and the count of what was done.</summary>
internal sealed class ViewerDesk(Replica replica, Interest interest, GatewayMetrics metrics)
{
    private readonly FrameWriter _frame = new();
    private int _frames;
    private int _skipped;
    private long _updates;

    /// <summary>Somebody was skipped or got a part only. Set until the next <see cref="Begin"/>.</summary>
    public bool HasBehind { get; private set; }

    public void Begin() => (HasBehind, _frames, _skipped, _updates) = (false, 0, 0, 0);

    /// <summary>Serves some of a feed's visits.</summary>
    public void Serve(IReadOnlyList<Visit> visits, int first, int end)
    {
        for (var i = first; i < end; i++)
            Serve(visits[i]);
    }

    /// <summary>Counts what was done since <see cref="Begin"/>.</summary>
    public void End() => metrics.Served(_frames, _updates, _skipped);

    /// <summary>Serves those who are behind. Whoever still does not take a frame was counted as skipped by the round.</summary>
    public void CatchUp(IReadOnlyList<Visit> visits)
    {
        Begin();
        for (var i = 0; i < visits.Count; i++)
            if (visits[i].IsBehind)
                Serve(visits[i]);
        metrics.Served(_frames, _updates, skipped: 0);
    }

    /// <summary>The client's frame, when there is news and it takes one, and everything that was queued for it before, in one write.</summary>
    private void Serve(Visit visit)
    {
        visit.IsBehind = visit.IsShown && replica.Tick > 0 && !Look(visit);
        HasBehind |= visit.IsBehind;
        visit.Client.Flush();
    }

    /// <summary>False: there may be more to tell than was told.</summary>
    private bool Look(Visit visit)
    {
        if (!visit.Client.TakesFrame)
        {
            _skipped++;
            return false;
        }
        if (visit.Viewer.Write(replica, interest, visit.Entity, _frame, out var isPartial) && visit.Client.AddFrame(_frame.Finish()))
            (_frames, _updates) = (_frames + 1, _updates + _frame.Entities);
        return !isPartial;
    }
}
