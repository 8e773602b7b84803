using MmoOrleans.Gateway.Maps;

namespace MmoOrleans.Gateway.Tests.Maps;

/// <summary>The lock of a feed: rounds hold it for long, those who enter never wait for it.</summary>
public sealed class Gates
{
    private readonly List<string> _made = [];
    private readonly List<string> _failed = [];
    private readonly FeedGate _gate;

    public Gates() => _gate = new FeedGate(exception => _failed.Add(exception.Message));

    [Fact]
    public void A_change_is_made_at_once_when_the_gate_is_free()
    {
        _gate.Post(() => _made.Add("entry"));
        Assert.Equal(["entry"], _made);
    }

    [Fact]
    public void A_change_that_comes_during_a_round_does_not_wait_for_it_and_is_made_when_it_is_over()
    {
        using (_gate.Enter())
        {
            PostFromElsewhere("first");
            PostFromElsewhere("second");
            Assert.Empty(_made);
        }

        Assert.Equal(["first", "second"], _made);
    }

    [Fact]
    public async Task Whoever_must_know_that_its_change_is_made_holds_no_thread_until_the_round_is_over()
    {
        Task made = Task.CompletedTask;
        using (_gate.Enter())
        {
            Elsewhere(() => made = _gate.Make(() => _made.Add("leave")));
            Assert.False(made.IsCompleted);
        }

        await made;
        Assert.Equal(["leave"], _made);
    }

    [Fact]
    public async Task A_change_that_fails_fails_for_the_one_who_waits_for_it()
    {
        var made = _gate.Make(() => throw new InvalidOperationException("broken"));
        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => made)).Message);
        Assert.Empty(_failed);
    }

    [Fact]
    public void The_one_who_has_the_gate_may_look_for_changes_in_between()
    {
        using (_gate.Enter())
        {
            PostFromElsewhere("entry");
            _gate.MakeChanges();
            Assert.Equal(["entry"], _made);
        }
    }

    [Fact]
    public void A_change_that_enters_the_gate_itself_is_finished_before_the_next()
    {
        using (_gate.Enter())
        {
            Elsewhere(() => _gate.Post(() =>
            {
                using (_gate.Enter())
                    _made.Add("inner");
                _made.Add("outer");
            }));
            PostFromElsewhere("next");
        }

        Assert.Equal(["inner", "outer", "next"], _made);
    }

    [Fact]
    public void A_change_that_fails_is_told_and_costs_nobody_else_anything()
    {
        _gate.Post(() => throw new InvalidOperationException("broken"));
        _gate.Post(() => _made.Add("entry"));
        Assert.Equal(["broken"], _failed);
        Assert.Equal(["entry"], _made);
    }

    [Fact]
    public void Of_changes_that_many_post_while_others_hold_the_gate_none_is_left_behind()
    {
        const int Each = 20_000;
        var made = 0;
        Parallel.For(0, 4, worker =>
        {
            for (var i = 0; i < Each; i++)
            {
                if (worker % 2 == 0)
                    _gate.Post(() => made++);
                else
                    using (_gate.Enter())
                        made++;
            }
        });
        Assert.Equal(4 * Each, made);
    }

    private void PostFromElsewhere(string name) => Elsewhere(() => _gate.Post(() => _made.Add(name)));

    private static void Elsewhere(Action act)
    {
        var thread = new Thread(() => act());
        thread.Start();
        thread.Join();
    }
}
