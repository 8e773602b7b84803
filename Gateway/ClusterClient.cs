using System.Net;
using System.Net.Sockets;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;
using Orleans.Clustering.Redis;
using Orleans.Configuration;

namespace MmoOrleans.Gateway;

/// <summary>Makes a gateway of its own a client of the cluster. It waits for the cluster as long as it takes.</summary>
internal static class ClusterClient
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);

    // A silo that came back is used again within this time, one that left is tried no longer.
    private static readonly TimeSpan RereadSilosEvery = TimeSpan.FromSeconds(5);

    public static void UseCluster(this WebApplicationBuilder builder, ClusterSettings cluster, DatabaseSettings database) => builder.UseOrleansClient(client =>
    {
        client.FindSilos(cluster, database);
        client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        client.Configure<Orleans.Configuration.GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = RereadSilosEvery);
        client.UseConnectionRetryFilter<WaitForCluster>();
        client.Services.RememberInterfaces();
        // It tells of every attempt with a stack trace; WaitForCluster and the announcer say the same in a sentence.
        builder.Logging.AddFilter("Orleans.Runtime.Messaging.ConnectionManager", LogLevel.Error);
        // A map or account that is slower than this is answered with SERVICE_NOT_AVAILABLE anyway; a silo that died must not be waited for.
        client.Configure<ClientMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = TimeSpan.FromSeconds(5);
            messaging.CancelRequestOnTimeout = true;
        });
    });

    private static void FindSilos(this IClientBuilder client, ClusterSettings cluster, DatabaseSettings database)
    {
        if (database.Kind == DatabaseKind.Postgres)
            client.UseAdoNetClustering(options => options.Configure<PostgresDatabase>((ado, postgres) => (ado.Invariant, ado.DataSource) = (PostgresDatabase.Invariant, postgres.Source)));
        else if (database.Kind == DatabaseKind.Redis)
            client.UseRedisClustering(_ => { }).Services.AddOptions<RedisClusteringOptions>().Configure<RedisDatabase>((options, redis) => options.ConfigurationOptions = redis.Lasting());
        else
            client.UseStaticClustering(new IPEndPoint(AddressOf(cluster.PrimaryHost), cluster.OrleansGatewayPort));
    }

    private static IPAddress AddressOf(string host)
    {
        if (IPAddress.TryParse(host, out var address))
            return address;
        var addresses = Dns.GetHostAddresses(host);
        return addresses.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
    }

    private sealed class WaitForCluster(ILogger<WaitForCluster> log) : IClientConnectionRetryFilter
    {
        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            GatewayLog.ClusterMissing(log, exception.Message);
            await Task.Delay(RetryEvery, cancellationToken);
            return true;
        }
    }
}
