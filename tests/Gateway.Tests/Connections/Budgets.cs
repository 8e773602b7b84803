using Microsoft.Extensions.Time.Testing;
using MmoOrleans.Gateway.Connections;

namespace MmoOrleans.Gateway.Tests.Connections;

public class Budgets
{
    private readonly FakeTimeProvider _time = new();
    private TokenBucket _bucket;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(999)]
    public void Refill_at_the_rate_that_was_set(int perSecond)
    {
        var size = new BucketSize(perSecond, 10);
        Assert.Equal(10, TakeAll(size));
        var taken = 0;
        for (var i = 0; i < 20_000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(0.5));
            taken += TakeAll(size);
        }
        Assert.InRange(taken, (10 * perSecond) - 1, 10 * perSecond);
    }

    [Fact]
    public void Hold_no_more_than_a_burst_however_long_nobody_takes()
    {
        var size = new BucketSize(100, 3);
        Assert.Equal(3, TakeAll(size));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(3, TakeAll(size));
    }

    [Fact]
    public void Take_nothing_when_there_is_not_enough()
    {
        var size = new BucketSize(1, 5);
        Assert.False(_bucket.Take(size, _time, tokens: 6));
        Assert.True(_bucket.Take(size, _time, tokens: 3));
        Assert.False(_bucket.Take(size, _time, tokens: 3));
        Assert.True(_bucket.Take(size, _time, tokens: 2));
        Assert.False(_bucket.Take(size, _time));
    }

    [Fact]
    public void Count_a_long_message_as_several()
    {
        var budget = new MessageBudget(new ConnectionLimits { MessageBurst = 4, MessagesPerSecond = 1 }, _time);
        Assert.False(budget.TakeMessage(4 * 512));
        Assert.True(budget.TakeMessage((3 * 512) + 511));
        Assert.False(budget.TakeMessage(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(budget.TakeMessage(1));
    }

    private int TakeAll(BucketSize size)
    {
        var taken = 0;
        while (_bucket.Take(size, _time))
            taken++;
        return taken;
    }
}
