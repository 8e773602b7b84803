using System.Text;
using MmoOrleans.Bots.Chat;

namespace MmoOrleans.Bots.Tests.Chat;

public sealed class Hearing
{
    private readonly ChatProbe _probe = new(run: 5, clients: 3);
    private readonly ChatMouth _mouth;
    private readonly ChatEar _ear;

    public Hearing()
    {
        _mouth = new ChatMouth(_probe, sender: 0);
        _ear = new ChatEar(_probe, _mouth, index: 0) { Since = TimeSpan.Zero };
    }

    private void Hear(string text, int ms = 100) => _ear.Hear(Encoding.UTF8.GetBytes(text), TimeSpan.FromMilliseconds(ms));

    private void Hear(int sender, int number, uint run = 5) => Hear(new ChatText(run, sender, number, TimeSpan.FromMilliseconds(70)).ToString());

    [Fact]
    public void A_line_is_received_once_and_then_a_duplicate()
    {
        Hear(sender: 2, number: 1);
        Hear(sender: 2, number: 1);
        Hear(sender: 1, number: 1);

        Assert.Equal((2, 1), (_probe.LinesReceived, _probe.Duplicates));
        Assert.Equal(30, _probe.Times.MillisecondsAt(1));
    }

    [Fact]
    public void A_line_that_was_overtaken_is_no_duplicate()
    {
        foreach (var number in new[] { 1, 40, 2, 39, 100, 99, 40 }) Hear(sender: 0, number);

        Assert.Equal((6, 1), (_probe.LinesReceived, _probe.Duplicates));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("bots 5 1")]
    [InlineData("bots 5 1 1 1 1")]
    [InlineData("bots 5 -1 1 1")]
    [InlineData("bots 5 3 1 1")]
    [InlineData("bots 6 1 1 1")]
    public void What_others_say_is_not_counted(string text)
    {
        Hear(text);

        Assert.Equal((0, 0), (_probe.LinesReceived, _probe.Duplicates));
    }

    [Fact]
    public void Lines_from_before_a_bot_was_in_are_not_expected_of_it()
    {
        _ear.Since = TimeSpan.FromMilliseconds(71);
        Hear(sender: 1, number: 1);

        Assert.Equal(0, _probe.LinesReceived);
    }

    [Fact]
    public void An_accepted_line_is_expected_once_by_everybody_who_was_in()
    {
        var line = _mouth.Begin(receivers: 3, TimeSpan.Zero);
        _mouth.Accepted(line.Number);
        Hear(line.ToString());

        Assert.Equal((1, 3, 1), (_probe.Sent, _probe.Expected, _probe.LinesReceived));
    }

    [Fact]
    public void It_is_over_when_every_line_was_answered_and_heard()
    {
        var (said, refused) = (_mouth.Begin(receivers: 1, TimeSpan.Zero), _mouth.Begin(receivers: 1, TimeSpan.Zero));
        Assert.False(_probe.IsSettled);
        _mouth.Refused(refused.Number);
        Assert.False(_probe.IsSettled);
        _mouth.Accepted(said.Number);
        Assert.False(_probe.IsSettled);
        Hear(said.ToString());
        Assert.True(_probe.IsSettled);
    }

    [Fact]
    public void A_line_without_an_answer_was_said_if_its_speaker_hears_it()
    {
        var (heard, unheard, refused) = (_mouth.Begin(3, TimeSpan.Zero), _mouth.Begin(3, TimeSpan.Zero), _mouth.Begin(3, TimeSpan.Zero));
        _mouth.Refused(refused.Number);
        Hear(heard.ToString());

        Assert.Equal((1, 3), (_probe.Sent, _probe.Expected));
        Assert.NotEqual(heard.Number, unheard.Number);
    }
}
