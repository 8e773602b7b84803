namespace MmoOrleans.Grains.Tests.Cluster;

public class StartingACluster(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    [Fact]
    public void Two_silos_serve_one_world()
    {
        Assert.Equal(2, cluster.Orleans.Silos.Count);
        Assert.All(cluster.Orleans.Silos, silo => Assert.True(silo.IsActive));
    }

    [Fact]
    public async Task A_wait_in_vain_says_what_was_awaited()
    {
        var failure = await Assert.ThrowsAsync<TimeoutException>(() => Wait.Until(() => false, "the moon to fall", TimeSpan.FromMilliseconds(30)));
        Assert.Contains("the moon to fall", failure.Message);
    }
}
