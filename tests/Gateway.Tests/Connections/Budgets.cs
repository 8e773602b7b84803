using MmoOrleans.Gateway.Connections;

namespace MmoOrleans.Gateway.Tests.Connections;

public class Budgets
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(999)]
    public void Refill_at_the_rate_that_was_set(int perSecond)
    {
        var bucket = MessageBudget.Refilling(perSecond, 100);
        Assert.Equal(perSecond, bucket.TokensPerPeriod / bucket.ReplenishmentPeriod.TotalSeconds, perSecond * 0.001);
    }
}
