using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Grains.Chat;
using static MmoOrleans.Grains.Tests.Chat.Lines;

namespace MmoOrleans.Grains.Tests.Chat;

public class WaitingForTheWrite
{
    private readonly WaitingLines _waiting = new(2, new ChatMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()));

    [Fact]
    public async Task One_line_too_many_is_told_to_come_back()
    {
        _ = _waiting.Add(Line("a"));
        _ = _waiting.Add(Line("b"));

        var why = Denied(await _waiting.Add(Line("c")));

        Assert.Equal(RefusalCode.ServerBusy, why.Code);
        Assert.NotNull(why.RetryAfter);
        Assert.Equal(2, _waiting.Take(Noon).Count);
    }

    [Fact]
    public async Task A_line_whose_sender_has_given_up_is_refused()
    {
        var late = _waiting.Add(Line("late", Noon.AddSeconds(-1)));
        var inTime = _waiting.Add(Line("in time", Noon));

        Assert.Equal("in time", Assert.Single(_waiting.Take(Noon)).Line.Text);
        Assert.Equal(RefusalCode.ChatNotAvailable, Denied(await late).Code);
        Assert.False(inTime.IsCompleted);
    }
}
