using MmoOrleans.Protocol;
using Command = MmoOrleans.Protocol.ClientMessage.CommandOneofCase;

namespace MmoOrleans.ConsoleClient.Tests;

public class OnTheMap
{
    [Fact]
    public async Task A_move_is_answered_on_arrival()
    {
        var play = new Play();
        play.Gateway.AcknowledgeMoves();
        Assert.Equal(ExitCode.Done, await play.Run(Play.Enter + "move 13.5 3.5\nwhere\n"));
        Assert.Contains("ok move map=Map001 x=13.50 y=0.00 z=3.50", play.Answers);
        Assert.Contains("ok where channel=1 map=Map001 x=13.50 y=0.00 z=3.50", play.Answers);
    }

    [Fact]
    public async Task A_move_into_a_wall_is_blocked()
    {
        var play = new Play();
        play.Gateway.Next(Command.Move, command => new ServerMessage
        {
            Events = new MapEvents { Events = { new MapEvent { Number = 1, Corrected = new Corrected { InputSequence = command.Move.InputSequence, XCm = 1250, ZCm = 350, Code = ErrorCode.MoveBlocked } } } },
        });
        Assert.Equal(ExitCode.CommandFailed, await play.Run(Play.Enter + "move 60 3.5\n"));
        Assert.Equal("error move BLOCKED MOVE_BLOCKED x=12.50 y=0.00 z=3.50", play.Answers.Last());
        Assert.Contains("event corrected reason=MOVE_BLOCKED x=12.50 y=0.00 z=3.50", play.Output.Lines);
    }

    [Fact]
    public async Task Who_is_in_view_is_listed_and_announced()
    {
        var play = new Play();
        var run = play.Run(Play.Enter + "expect event entered name=Ada\nwho\n");
        await play.Output.WaitFor("ok select");
        play.Gateway.Frame(new EntityState { Id = 9, XCm = 100, ZCm = -5, Identity = new EntityIdentity { Kind = EntityKind.Player, Name = "Ada" } });
        Assert.Equal(ExitCode.Done, await run);
        Assert.Contains("event entered name=Ada id=9 kind=player x=1.00 y=0.00 z=-0.05", play.Output.Lines);
        Assert.Contains("item entity name=Ada id=9 kind=player x=1.00 y=0.00 z=-0.05", play.Output.Lines);
        Assert.Contains("ok who count=1", play.Answers);
    }

    [Theory]
    [InlineData("move here there")]
    [InlineData("move NaN 1")]
    [InlineData("move 1")]
    [InlineData("game five text")]
    [InlineData("wait long")]
    public async Task Arguments_that_make_no_sense_are_refused(string line)
    {
        var play = new Play();
        Assert.Equal(ExitCode.CommandFailed, await play.Run(Play.Enter + line + "\n"));
        Assert.StartsWith($"error {line.Split(' ')[0]} USAGE", play.Answers.Last());
    }

    [Fact]
    public async Task Game_messages_are_sent_as_text()
    {
        var play = new Play();
        await play.Run(Play.Enter + "game 7 open the door\n");
        var game = play.Gateway.Last(Command.Game).Game;
        Assert.Equal((7u, "open the door"), (game.Kind, game.Payload.ToStringUtf8()));
    }
}
