using System.Net;
using MmoOrleans.Gateway;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;
using Orleans.Clustering.Redis;
using Orleans.Configuration;

namespace MmoOrleans.Silo.Hosting;

/// <summary>How this silo meets the others, and how long grain calls may take.</summary>
internal static class ClusterHosting
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    public static ISiloBuilder JoinCluster(this ISiloBuilder silo, ClusterSettings cluster, DatabaseKind database, ListenPorts ports)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        silo.Configure<SiloOptions>(options => options.SiloName = SiloNameOf(cluster, ports));
        silo.Services.RememberInterfaces();
        silo.FindOthers(cluster, database, ports);
        silo.NoticeDeaths();
        silo.KnowWhereGrainsAre();
        silo.EndConnectionsToFormerLives();
        silo.ConfigureEndpoints(cluster.SiloAddress, ports.Silo, ports.OrleansGateway, listenOnAnyHostAddress: false);
        return silo.LimitCalls();
    }

    /// <summary>The silo's name in the directory and on the dashboard.</summary>
    public static string SiloNameOf(ClusterSettings cluster, ListenPorts ports) => $"silo-{cluster.SiloAddress}-{ports.Silo}";

    // AddMmoStorage brings the database itself.
    private static void FindOthers(this ISiloBuilder silo, ClusterSettings cluster, DatabaseKind database, ListenPorts ports)
    {
        if (database == DatabaseKind.Postgres)
            silo.UseAdoNetClustering(options => options.Configure<PostgresDatabase>((ado, postgres) => (ado.Invariant, ado.DataSource) = (PostgresDatabase.Invariant, postgres.Source)));
        else if (database == DatabaseKind.Redis)
            silo.UseRedisClustering(_ => { }).Services.AddOptions<RedisClusteringOptions>().Configure<RedisDatabase>((options, redis) => options.ConfigurationOptions = redis.Lasting());
        else
            silo.UseDevelopmentClustering(PrimaryOf(cluster, ports));
    }

    /// <summary>
    /// A dead silo's maps stand still until it is known to be dead. Orleans learns how fast each silo answers: a probe waits for as long as answers
    /// have been taking, half of ProbeTimeout at least and MaxProbeTimeout at most, and the next one is sent then. After three misses, the last one asked
    /// for by another silo, a silo is given up, by two others where there are two; but not while a connection is open on which something has come from it within
    /// three times MaxProbeTimeout. One whose connections break (a crash) is noticed after one to two seconds, one that stands still or lost its
    /// network after five; by default it is eight and sixty. One that was declared dead by mistake ends itself, and costs its players what a crash
    /// does. After a crash of all, rows of silos that nobody started again hold up the first starts until they are three signs of life old: 15 s, against
    /// 90. Why these figures: decision 29.
    /// </summary>
    private static void NoticeDeaths(this ISiloBuilder silo) => silo.Configure<ClusterMembershipOptions>(membership =>
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(0.9);
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(1.5);
        membership.NumMissedProbesLimit = 3;
        membership.NumVotesForDeathDeclaration = 2;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        membership.NumMissedTableIAmAliveLimit = 3;
    });

    /// <summary>
    /// The directory that Orleans marks as experimental, because the usual one forgets a third of all grains when one of three silos stops or
    /// dies, however healthy those are: a map that was handed over a moment before was there twice (decision 16). A dead silo's grains
    /// start elsewhere at once: should it live after all, fences and the store decide who may write, and no time is needed for that.
    /// </summary>
    private static void KnowWhereGrainsAre(this ISiloBuilder silo)
    {
#pragma warning disable ORLEANSEXP003
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        // Where grains are, as far as this silo has asked: three of each player. The default, a million, is a table of 9 MB over which the
        // first thousands of players are scattered, a page of memory each.
        silo.Configure<GrainDirectoryOptions>(options => (options.CacheSize, options.RangeLeaseDuration) = (100_000, TimeSpan.Zero));
    }

    private static ISiloBuilder LimitCalls(this ISiloBuilder silo) => silo.Configure<SiloMessagingOptions>(options =>
    {
        // A player waits for most calls: five seconds is long. A call that nobody waits for any more is not worth doing.
        options.ResponseTimeout = CallTimeout;
        options.CancelRequestOnTimeout = true;
        // Nor does anybody wait longer for where a grain is: an answer of the directory that is lost (decision 30) would hold up whoever calls that
        // grain from this silo for the half minute that Orleans waits for its own calls.
        options.SystemResponseTimeout = options.PlacementTimeout = CallTimeout;
        // The last resort; maps, channels, sessions and password hashing bound themselves far below. One number for all grains, of which each counts its own calls.
        options.MaxEnqueuedRequestsHardLimit = 10_000;
        // A map drops a Gateway host after 3 s of silence: what waits for one that is gone need not wait a minute, and one that
        // lost its silo must be known to the others at once, not within 5 minutes.
        options.ClientDropTimeout = TimeSpan.FromSeconds(10);
        options.ClientRegistrationRefresh = TimeSpan.FromSeconds(5);
    });

    private static IPEndPoint PrimaryOf(ClusterSettings cluster, ListenPorts ports)
    {
        var host = AddressOf(cluster.PrimaryHost);
        var isPrimary = cluster.PrimaryPort == cluster.SiloPort && (IPAddress.IsLoopback(host) || host.Equals(cluster.SiloAddress));
        return isPrimary ? new IPEndPoint(cluster.SiloAddress, ports.Silo) : new IPEndPoint(host, cluster.PrimaryPort);
    }

    private static IPAddress AddressOf(string host)
    {
        if (IPAddress.TryParse(host, out var address))
            return address;
        var found = Dns.GetHostAddresses(host, System.Net.Sockets.AddressFamily.InterNetwork);
        return found.Length > 0 ? found[0] : throw new StartFailure(ExitCode.Configuration, $"centralAddress \"{host}\": there is no such host.");
    }
}
