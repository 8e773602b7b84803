using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using MmoOrleans.Grains.Lifecycle;
using Orleans.Configuration;

namespace MmoOrleans.Silo.Hosting;

/// <summary>
/// Ends connections that were opened to a silo and have found the next one at its port. Orleans keeps such a connection under the name of the silo
/// that is gone and closes it ten seconds after that is declared dead; by then the new silo answers over it, and what it has just answered is
/// dropped, for as long as a caller waits (decision 30). Here it ends when the new silo is first heard of, before anything of the world goes over it.
/// </summary>
internal sealed partial class FormerLives(IClusterMembershipService membership, ILogger<FormerLives> logger) : SiloLoop
{
    private readonly ConcurrentDictionary<ConnectionContext, IPEndPoint> _open = [];
    private readonly HashSet<SiloAddress> _known = [];

    /// <summary>Before the silo joins: that is when it connects to silos that are gone.</summary>
    protected override int Stage => ServiceLifecycleStage.RuntimeInitialize;

    /// <summary>Sees a connection from this silo to another, from its beginning to its end.</summary>
    public async Task Carry(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection.RemoteEndPoint is IPEndPoint there)
            _open[connection] = there;
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    }

    /// <summary>A silo that is heard of for the first time at a place where there was another: what was opened to that place was opened to the other.</summary>
    internal void Look(IReadOnlyCollection<ClusterMember> members)
    {
        foreach (var member in members.Where(member => _known.Add(member.SiloAddress) && member.Status != SiloStatus.Dead))
            if (_known.Any(other => other.Endpoint.Equals(member.SiloAddress.Endpoint) && other.Generation < member.SiloAddress.Generation))
                EndThoseTo(member.SiloAddress);
        _known.IntersectWith(members.Select(member => member.SiloAddress));
    }

    private void EndThoseTo(SiloAddress silo)
    {
        foreach (var (connection, there) in _open)
            if (there.Port == silo.Endpoint.Port && there.Address.MapToIPv6().Equals(silo.Endpoint.Address.MapToIPv6()))
            {
                LogEnds(silo);
                connection.Abort(new ConnectionAbortedException($"It was opened to a silo that is gone; at its port is {silo}."));
            }
    }

    protected override async Task Run(CancellationToken stop)
    {
        try
        {
            await foreach (var cluster in membership.MembershipUpdates.WithCancellation(stop))
                Look([.. cluster.Members.Values]);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    [LoggerMessage(3021, LogLevel.Information, "A connection that was opened before {Silo} was heard of, to the silo that was there before, ends")]
    private partial void LogEnds(SiloAddress silo);
}

internal static class FormerLivesHosting
{
    public static ISiloBuilder EndConnectionsToFormerLives(this ISiloBuilder silo) =>
        silo.AddSiloLoop<FormerLives>().Configure<SiloConnectionOptions>(options => options.ConfigureSiloOutboundConnection(connections =>
        {
            var lives = connections.ApplicationServices.GetRequiredService<FormerLives>();
            connections.Use(next => connection => lives.Carry(connection, next));
        }));
}
