namespace MmoOrleans.Gateway.Maps;

/// <summary>Serves viewers one after another: the working memory for it, used again for each.</summary>
internal sealed class ViewerDesk(Replica replica, Interest interest, GatewayMetrics metrics)
{
    private readonly FrameWriter _frame = new();

    /// <summary>Somebody was skipped or got a part only. Set until the next share begins.</summary>
    public bool IsUnfinished { get; set; }

    /// <summary>The client's frame, when there is news and it takes one, and everything that was queued for it before, in one write.</summary>
    public void Serve(Visit visit)
    {
        if (visit.IsShown && replica.Tick > 0)
            Look(visit);
        visit.Client.Flush();
    }

    private void Look(Visit visit)
    {
        if (!visit.Client.TakesFrame)
        {
            metrics.FrameSkipped();
            IsUnfinished = true;
            return;
        }
        if (visit.Viewer.Write(replica, interest, visit.Entity, _frame, out var isPartial))
            visit.Client.AddFrame(_frame.Finish());
        IsUnfinished |= isPartial;
    }
}
