using System.Text;
using MmoOrleans.Bots.Chat;

namespace MmoOrleans.Bots.Tests.Chat;

public sealed class Hearing
{
    private readonly ChatProbe _probe = new(run: 5, clients: 3);
    private readonly ChatEar _ear;

    public Hearing() => _ear = new ChatEar(_probe) { Since = TimeSpan.Zero };

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
    public void An_accepted_line_is_expected_by_everybody_who_was_in()
    {
        _probe.Accepted(receivers: 3);
        _probe.Accepted(receivers: 2);

        Assert.Equal((2, 5), (_probe.Sent, _probe.Expected));
    }
}
