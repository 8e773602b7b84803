using System.Numerics;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Maps;
using MmoOrleans.Sdk.Tests.Fakes;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.Sdk.Tests.Maps;

public class Walking
{
    [Fact]
    public void Sends_steps_that_are_never_too_fast_and_ends_at_the_target()
    {
        using var story = Story.OnMap();
        story.Gateway.AcknowledgeMoves();
        var end = story.PassUntil(story.Client.WalkToAsync(15.5f, 7.5f)).OrThrow();
        Assert.Equal(new WalkEnd.Arrived(new Vector3(15.5f, 0, 7.5f)), end);

        var moves = story.Gateway.Received.Where(one => one.CommandCase == Command.Move).Select(one => one.Move).ToList();
        Assert.Equal(Enumerable.Range(1, moves.Count).Select(one => (uint)one), moves.Select(one => one.InputSequence));
        Assert.Equal((1550, 750), (moves[^1].XCm, moves[^1].ZCm));
        var from = new Vector2(1250, 350);
        foreach (var move in moves)
        {
            var to = new Vector2(move.XCm, move.ZCm);
            Assert.InRange(Vector2.Distance(from, to), 0, 60);
            from = to;
        }
    }

    [Fact]
    public void Ends_where_the_server_refuses_a_step()
    {
        using var story = Story.OnMap();
        var walk = story.Client.WalkToAsync(30, 3.5f);
        story.Pass(0.5);
        story.Gateway.Say(new MapEvent { Corrected = new Corrected { InputSequence = 3, XCm = 1300, ZCm = 350, Code = ErrorCode.MoveBlocked } });
        Assert.Equal(new WalkEnd.Blocked(ErrorCode.MoveBlocked, new Vector3(13, 0, 3.5f)), story.Play(walk).OrThrow());
        Assert.Equal(new Vector3(13, 0, 3.5f), story.Client.World.Own!.Position);
        Assert.Equal(["corrected MoveBlocked"], story.Events);
    }

    [Fact]
    public void Is_not_ended_by_corrections_of_earlier_steps()
    {
        using var story = Story.OnMap();
        story.Gateway.AcknowledgeMoves();
        story.Client.Move(new Vector3(99, 0, 99), 0);
        story.Settle();
        var walk = story.Client.WalkToAsync(13, 3.5f);
        story.Gateway.Say(new MapEvent { Corrected = new Corrected { InputSequence = 1, XCm = 1250, ZCm = 350, Code = ErrorCode.MoveTooFast } });
        Assert.IsType<WalkEnd.Arrived>(story.PassUntil(walk).OrThrow());
    }

    [Fact]
    public void Into_a_warp_ends_on_the_other_side()
    {
        using var story = Story.OnMap();
        var walk = story.Client.WalkToAsync(30, 3.5f);
        story.Pass(0.5);
        Warping.Warp(story);
        Assert.Equal(new WalkEnd.Warped("Map002", new Vector3(12.5f, 0, 3.5f)), story.PassUntil(walk).OrThrow());
    }

    [Fact]
    public void Is_ended_by_another_walk()
    {
        using var story = Story.OnMap();
        story.Gateway.AcknowledgeMoves();
        var first = story.Client.WalkToAsync(30, 3.5f);
        story.Pass(0.3);
        var second = story.Client.WalkToAsync(12.5f, 3.5f);
        Assert.IsType<WalkEnd.Interrupted>(story.Play(first).OrThrow());
        Assert.IsType<WalkEnd.Arrived>(story.PassUntil(second).OrThrow());
    }

    [Fact]
    public void Without_word_from_the_server_ends_all_the_same()
    {
        using var story = Story.OnMap();
        var walk = story.Client.WalkToAsync(12.5f, 3.5f);
        story.Pass(1.5);
        Assert.False(walk.IsCompleted);
        Assert.IsType<WalkEnd.Arrived>(story.PassUntil(walk, 2).OrThrow());
    }

    [Fact]
    public void Can_be_cancelled()
    {
        using var story = Story.OnMap();
        using var cancellation = new CancellationTokenSource();
        var walk = story.Client.WalkToAsync(30, 3.5f, cancellation.Token);
        story.Pass(0.3);
        cancellation.Cancel();
        story.Settle();
        Assert.True(walk.IsCanceled);
        var moves = story.Gateway.Count(Command.Move);
        story.Pass(1);
        Assert.Equal(moves, story.Gateway.Count(Command.Move));
    }

    [Fact]
    public void Off_the_map_is_refused_and_moves_are_not_sent()
    {
        using var story = Story.LoggedIn();
        story.Client.Move(Vector3.One, 0);
        Assert.Equal(ErrorCode.InvalidState, story.Play(story.Client.WalkToAsync(1, 1)).Code);
        Assert.Equal(0, story.Gateway.Count(Command.Move));
    }

    [Fact]
    public void The_pose_that_the_server_agreed_to_is_known()
    {
        using var story = Story.OnMap();
        story.Client.Move(new Vector3(13, 0, 3.5f), 90);
        story.Client.Move(new Vector3(14, 0, 3.5f), 90);
        story.Gateway.Frame(1, []);
        story.Settle();
        Assert.Equal(1u, story.Client.World.AcknowledgedInput);
        Assert.Equal(13, story.Client.World.AcknowledgedPose.Position.X);
        Assert.Equal(14, story.Client.World.Own!.Position.X);
    }
}
