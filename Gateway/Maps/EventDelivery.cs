using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;

namespace MmoOrleans.Gateway.Maps;

/// <summary>
/// Hands the events of one feed to those whom they are for: each once and in order, encoded once for all. They are queued with the
/// client and leave with its next flush, so that all the chat of a tick goes out in one write with the frame. What is for everybody
/// gathers until <see cref="TellEverybody"/>, so that each client is gone to once and not once per line. Guarded by its feed.
/// </summary>
internal sealed class EventDelivery(FeedVisits visits, GatewayMetrics metrics)
{
    private readonly EventWriter _writer = new();
    private readonly List<(FeedEvent Happened, byte[] Encoded)> _forEverybody = [];
    private int _joining;

    /// <summary>Events that came while somebody was entering.</summary>
    public EventHold Hold { get; } = new();

    /// <summary>The number of the newest event that was taken: what the next batch acknowledges.</summary>
    public long LastNumber { get; private set; }

    /// <summary>The map was joined, and may number its events anew.</summary>
    public void Restart(int joining)
    {
        (_joining, LastNumber) = (joining, 0);
        _forEverybody.Clear();
        Hold.Restart();
    }

    public void Take(FeedEvent happened)
    {
        if (happened.Number <= LastNumber)
            return;
        LastNumber = happened.Number;
        Hold.Add(_joining, happened);
        if (happened.What is not TakenAway && happened.Recipients.IsEmpty)
        {
            _forEverybody.Add((happened, EventWriter.Encode(happened.What)));
            return;
        }
        TellEverybody();
        if (happened.What is TakenAway taken)
            Close(taken);
        else
            Deliver(happened);
    }

    /// <summary>Hands out what is for everybody. Call it after the events of a frame, before anybody comes in.</summary>
    public void TellEverybody()
    {
        if (_forEverybody.Count == 0)
            return;
        var (told, lines) = (0, 0);
        try
        {
            for (var i = 0; i < visits.Count; i++)
                Tell(visits.All[i], ref told, ref lines);
        }
        finally
        {
            _forEverybody.Clear(); // Nobody is told twice, whatever happens to one of them.
        }
        metrics.EventsSent(told);
        metrics.ChatTold(lines);
    }

    /// <summary>
    /// What came for a player before this gateway knew that it is in. A channel's lines of an earlier joining are not for it: the map sends
    /// what it missed under the new numbers.
    /// </summary>
    public void DeliverHeld(Visit visit)
    {
        foreach (var (joining, happened) in Hold.Events)
            if (happened.What is TakenAway taken)
                CloseIf(visit, taken);
            else if ((happened.Recipients.IsEmpty || happened.Recipients.Contains(visit.Entity)) && IsNews(happened, visit, joining))
                Count(happened.What, Deliver(happened, EventWriter.Encode(happened.What), visit));
    }

    private void Tell(Visit visit, ref int told, ref int lines)
    {
        _writer.Clear();
        foreach (var (happened, encoded) in _forEverybody)
        {
            if (!IsNews(happened, visit, _joining) || encoded.Length == 0)
                continue;
            _writer.Append(visit.NextEvent(), encoded);
            told++;
            lines += happened.What is LineHeard ? 1 : 0;
        }
        if (_writer.Written.Length > 0)
            visit.Client.Add(_writer.Written);
    }

    private void Deliver(FeedEvent happened)
    {
        var encoded = EventWriter.Encode(happened.What);
        var told = 0;
        foreach (var entity in happened.Recipients)
            if (visits.Find(entity) is { } visit && IsNews(happened, visit, _joining)) // Else gone, entering (then it is held for it), or known already.
                told += Deliver(happened, encoded, visit);
        Count(happened.What, told);
    }

    /// <summary>Answers how many it was told to: one, or none when clients are not told this.</summary>
    private int Deliver(FeedEvent happened, byte[] encoded, Visit visit)
    {
        // First the state, then the word: the client may enter the other map over this connection as soon as it has read it.
        if (happened.What is MovedAway)
            MoveOn(visit);
        if (encoded.Length == 0)
            return 0;
        _writer.Clear();
        _writer.Append(visit.NextEvent(), encoded);
        visit.Client.Add(_writer.Written);
        if (happened.What is MovedAway)
            visit.Client.Flush();
        return 1;
    }

    private void Count(Happening what, int told)
    {
        metrics.EventsSent(told);
        if (what is LineHeard)
            metrics.ChatTold(told);
    }

    /// <summary>What has no place in a channel's order (local chat, whispers, all that is not chat) is news whenever it comes.</summary>
    private static bool IsNews(FeedEvent happened, Visit visit, int joining) => happened.What switch
    {
        LineHeard { Line.Position: var position } when position == Fence.None => true,
        LineHeard heard => visit.Listens(joining, happened.Number) && visit.Hear(heard.Channel, heard.Line.Position),
        LinesSkipped => visit.Listens(joining, happened.Number),
        ChatBegins begins => visit.Listens(joining, happened.Number) && visit.BeginAt(begins.Channel, begins.Position),
        _ => true,
    };

    /// <summary>By owner, not by entity: who takes a character over on the same map goes on as the same entity.</summary>
    private void Close(TakenAway taken)
    {
        foreach (var visit in visits.All)
            CloseIf(visit, taken);
    }

    private static void CloseIf(Visit visit, TakenAway taken)
    {
        if (visit.Character == taken.Character && visit.Owner <= taken.Owner)
            visit.Client.Close(taken.Why);
    }

    private void MoveOn(Visit visit)
    {
        visits.Remove(visit);
        visit.Feed.Inputs.Remove(visit);
        visit.Client.MoveOn(visit);
    }
}
