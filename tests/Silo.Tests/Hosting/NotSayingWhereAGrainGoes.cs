using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Silo.Tests.Admin;
using Orleans.Runtime.Placement;

namespace MmoOrleans.Silo.Tests.Hosting;

/// <summary>Where a grain is or goes is not answered once, as when the answer of another silo's directory is lost.</summary>
public sealed class NotSayingWhereAGrainGoes(SilentSilo silo) : IClassFixture<SilentSilo>
{
    /// <summary>The first, and one that was made in the moment in which the first was given up. A third that fails waits behind the first.</summary>
    private const int MostLost = 2;

    [Fact]
    public async Task Holds_up_those_who_call_it_then_and_not_who_come_later()
    {
        var lost = 0;
        while (!await Answers(silo.Grains.GetGrain<IAccountGrain>(SilentSilo.Sought))) Assert.True(++lost <= MostLost, $"{lost} calls in turn were not answered.");
        Assert.Equal(1, silo.Silent);
        Assert.NotEqual(0, lost);
    }

    private static async Task<bool> Answers(IAccountGrain account)
    {
        try
        {
            await account.ValidateToken("guess");
            return true;
        }
        catch (Exception late) when (late is TimeoutException or OrleansException)
        {
            return false;
        }
    }
}

/// <summary>Asked for the first time where one account goes, it says nothing.</summary>
public sealed class SilentSilo : OperatedSilo
{
    internal static readonly Guid Sought = Guid.NewGuid();

    private int _silent;

    internal int Silent => _silent;

    private protected override void Extend(IServiceCollection services) =>
        services.AddKeyedSingleton<IPlacementDirector>(typeof(ResourceOptimizedPlacement), (_, _) => new Director(this));

    private sealed class Director(SilentSilo silo) : IPlacementDirector
    {
        public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
            target.GrainIdentity.TryGetGuidKey(out var key, out _) && key == Sought && Interlocked.CompareExchange(ref silo._silent, 1, 0) == 0
                ? new TaskCompletionSource<SiloAddress>().Task
                : Task.FromResult(context.GetCompatibleSilos(target)[0]);
    }
}
