using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.Grains.Lifecycle;

namespace MmoOrleans.Grains.Central;

/// <summary>
/// Keeps this silo's directory and Central in step: reports once a second and at each change, at most 20 times a second, and
/// takes what Central tells. A report that fails is tried again with growing pauses; the copy stays as it was. When a silo is gone
/// Central may have been there: the new one begins with this report, and lets nobody in before it has one of each silo.
/// </summary>
internal sealed class DirectoryReporter(LocalDirectory directory, IGrainFactory grains, IClusterMembershipService membership, TimeProvider time, ILogger<DirectoryReporter> log)
    : SiloLoop, IDirectoryObserver
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);

    private TimeSpan _retry = FirstRetry;
    private Guid _followed;

    private ICentralGrain Central => grains.GetGrain<ICentralGrain>(GrainKeys.Central);

    /// <summary>Central tells of newcomers and leavers.</summary>
    public Task Changed(DirectoryChanges changes)
    {
        directory.Merge(changes);
        return Task.CompletedTask;
    }

    protected override async Task Run(CancellationToken stop)
    {
        // The reference is to this object, which the container holds as long as the silo lives.
        var observer = grains.CreateObjectReference<IDirectoryObserver>(this);
        var watching = WatchForLosses(stop);
        while (!stop.IsCancellationRequested)
        {
            var reportIsDue = directory.ReportIsDue;
            await Pause(await Report(observer), time, reportIsDue, stop);
            await Pause(Gathering, time, stop);
        }
        await watching;
        await TakeLeave(observer);
    }

    private async Task WatchForLosses(CancellationToken stop)
    {
        try
        {
            var before = membership.CurrentSnapshot;
            await foreach (var cluster in membership.MembershipUpdates.WithCancellation(stop))
            {
                if (cluster.CreateUpdate(before).Changes.Any(silo => silo.Status == SiloStatus.Dead)) directory.AskForReport();
                before = cluster;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private SiloReport ReportOf(IDirectoryObserver observer) => directory.Report(observer, membership.CurrentSnapshot.NamesOfActive());

    /// <summary>One report. Answers how long the next one has time.</summary>
    private async Task<TimeSpan> Report(IDirectoryObserver observer)
    {
        try
        {
            Merge(await Central.Report(ReportOf(observer)).WaitAsync(AnswerWithin, time));
            if (_retry != FirstRetry) log.ReportsAgain();
            _retry = FirstRetry;
            return BetweenReports;
        }
        catch (Exception failure)
        {
            var pause = _retry;
            log.ReportFailed(failure.Message, pause);
            _retry = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, BetweenReports.Ticks));
            return pause;
        }
    }

    private void Merge(DirectoryChanges changes)
    {
        directory.Merge(changes);
        directory.Expire();
        if (_followed != changes.Central) log.FollowsCentral(changes.Central, changes.Joined.Length);
        _followed = changes.Central;
    }

    /// <summary>The last report names no maps, so that the others learn at once that they are gone.</summary>
    private async Task TakeLeave(IDirectoryObserver observer)
    {
        try
        {
            await Central.Report(ReportOf(observer) with { Maps = [] }).WaitAsync(AnswerWithin, time);
        }
        catch (Exception failure)
        {
            log.LeaveFailed(failure.Message);
        }
    }
}
