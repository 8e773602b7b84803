using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Chat;
using static MmoOrleans.Grains.Tests.Chat.Lines;

namespace MmoOrleans.Grains.Tests.Chat;

public class KeepingHistory
{
    private readonly ChannelHistory _history = New(new ChatChannelRecord());

    [Fact]
    public void Lines_are_numbered_in_their_order()
    {
        var lines = _history.Place([Line("a"), Line("b")], Noon);

        Assert.Equal([new Fence(7, 1), new Fence(7, 2)], lines.Select(line => line.Position));
    }

    [Fact]
    public void A_line_is_seen_when_it_is_added_and_not_before()
    {
        var lines = _history.Place([Line("a")], Noon);
        Assert.Empty(_history.Since(Fence.None).Lines);

        _history.Add(lines);

        Assert.Equal(["a"], Texts(_history.Since(Fence.None).Lines));
        Assert.Equal(new Fence(7, 1), _history.Head);
    }

    [Fact]
    public void The_number_of_a_line_that_was_given_up_is_not_used_again()
    {
        Say("a");
        _history.Place([Line("given up")], Noon);

        var previous = _history.Add(_history.Place([Line("b")], Noon));

        Assert.Equal(new Fence(7, 1), previous);
        Assert.Equal(new Fence(7, 3), _history.Head);
    }

    [Fact]
    public void Who_has_heard_a_line_gets_those_after_it()
    {
        Say("a", "b", "c");

        var history = _history.Since(new Fence(7, 1));

        Assert.Equal(["b", "c"], Texts(history.Lines));
        Assert.Equal(0, history.Skipped);
    }

    [Fact]
    public void Who_is_too_far_behind_is_told_how_many_lines_are_gone()
    {
        Say([.. Enumerable.Range(1, 10).Select(i => $"{i}")]);

        Assert.Equal(["7", "8", "9", "10"], Texts(_history.Since(new Fence(7, 2)).Lines));
        Assert.Equal(4, _history.Since(new Fence(7, 2)).Skipped);
        Assert.Equal(0, _history.Since(new Fence(7, 6)).Skipped);
    }

    [Fact]
    public void Who_has_heard_nothing_has_missed_nothing()
    {
        Say([.. Enumerable.Range(1, 10).Select(i => $"{i}")]);
        Assert.Equal(0, _history.Since(Fence.None).Skipped);
    }

    [Fact]
    public void Long_lines_push_older_ones_out_sooner()
    {
        Say("a", "b", new string('x', 2000));
        Assert.Single(_history.Since(Fence.None).Lines, line => line.Text.Length == 2000);
        Assert.Single(_history.Tail, line => line.Text.Length == 2000);
    }

    [Fact]
    public void A_later_incarnation_goes_on_where_the_tail_ended()
    {
        Say("a", "b");
        var next = New(new ChatChannelRecord { Incarnation = 7, Head = _history.Head, Lines = _history.Tail }, 8);
        next.Add(next.Place([Line("c")], Noon));

        var history = next.Since(new Fence(7, 1));

        Assert.Equal(["b", "c"], Texts(history.Lines));
        Assert.Equal(new Fence(8, 3), history.Head);
        Assert.Equal(0, history.Skipped);
    }

    [Fact]
    public void Fewer_lines_are_stored_than_kept_and_the_next_incarnation_knows_those()
    {
        Say("a", "b", "c", "d");
        Assert.Equal(["b", "c", "d"], Texts(_history.Tail));
        Assert.Equal(["a", "b", "c", "d"], Texts(_history.Since(new Fence(6, 9)).Lines));

        var next = New(new ChatChannelRecord { Incarnation = 7, Head = _history.Head, Lines = _history.Tail }, 8);

        Assert.Equal(["b", "c", "d"], Texts(next.Since(new Fence(7, 1)).Lines));
        Assert.Equal(0, next.Since(new Fence(7, 1)).Skipped);
        Assert.Equal(1, next.Since(new Fence(6, 0)).Skipped);
    }

    [Fact]
    public void Who_is_far_behind_is_answered_piece_by_piece()
    {
        var history = new ChannelHistory(new ChatChannelRecord(), new ChatOptions());
        history.Claim(7);
        string[] said = [.. Enumerable.Range(1, (2 * ChannelHistory.MostAnswered) + 10).Select(i => $"{i}")];
        history.Add(history.Place(said.Select(text => Line(text)), Noon));

        List<string> heard = [];
        for (var (position, pieces) = (Fence.None, 0); position != history.Head; pieces++)
        {
            Assert.True(pieces < 3, "three pieces hold it all");
            var piece = history.Since(position);
            heard.AddRange(Texts(piece.Lines));
            position = piece.Head;
        }

        Assert.Equal(said, heard);
    }

    private void Say(params string[] texts) => _history.Add(_history.Place(texts.Select(text => Line(text)), Noon));

    private static ChannelHistory New(ChatChannelRecord stored, long incarnation = 7)
    {
        var history = new ChannelHistory(stored, new ChatOptions { MaxKeptLines = 4, MaxKeptBytes = 2300, MaxStoredLines = 3, MaxStoredBytes = 2300 });
        history.Claim(incarnation);
        return history;
    }
}
