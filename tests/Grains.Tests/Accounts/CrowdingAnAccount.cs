using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Grains.Tests.Cluster;
using Orleans.Configuration;

namespace MmoOrleans.Grains.Tests.Accounts;

/// <summary>How many calls may wait at one account that is busy, and whom it concerns.</summary>
public sealed class CrowdingAnAccount
{
    private const int Limit = 10;

    [Fact]
    public async Task Calls_beyond_the_limit_are_turned_away_and_those_to_other_accounts_are_not()
    {
        await using var cluster = await GrainCluster.Start(options =>
        {
            (options.Silos, options.Time) = (1, new ClusterClock());
            options.Silo = silo => silo.Configure<SiloMessagingOptions>(messaging => messaging.MaxEnqueuedRequestsHardLimit = Limit);
        });
        var (crowded, other) = (cluster.Grains.GetGrain<IAccountGrain>(Guid.NewGuid()), cluster.Grains.GetGrain<IAccountGrain>(Guid.NewGuid()));
        using var slow = cluster.Storage.Hold(call => call.Grain == crowded.GetGrainId());
        var calls = Enumerable.Range(0, 3 * Limit).Select(_ => crowded.ValidateToken("guess")).ToArray();
        await Wait.Until(() => calls.Count(call => call.IsFaulted) > Limit, "calls to be turned away");

        (await other.ValidateToken("guess")).Refused(RefusalCode.InvalidUserToken);
        slow.Release();
        await Wait.Until(() => calls.All(call => call.IsCompleted), "all to be answered");

        var turnedAway = calls.Where(call => call.IsFaulted).Select(call => call.Exception!.InnerException);
        Assert.All(turnedAway, why => Assert.IsType<LimitExceededException>(why)); // The gateway: SERVICE_NOT_AVAILABLE. It is not asked again.
        Assert.All(await Task.WhenAll(calls.Where(call => !call.IsFaulted)), answer => answer.Refused(RefusalCode.InvalidUserToken));
    }
}
