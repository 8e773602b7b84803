using Microsoft.Extensions.Logging;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.Grains.Lifecycle;

namespace MmoOrleans.Grains.Central;

/// <summary>
/// Keeps this silo's directory and Central in step: reports once a second and at each change, at most 20 times a second, and
/// takes what Central tells. A report that fails is tried again with growing pauses; the copy stays as it was.
/// </summary>
internal sealed class DirectoryReporter(LocalDirectory directory, IGrainFactory grains, TimeProvider time, ILogger<DirectoryReporter> log)
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
        while (!stop.IsCancellationRequested)
        {
            var reportIsDue = directory.ReportIsDue;
            if (await Report(observer, stop)) await Pause(BetweenReports, time, reportIsDue, stop);
            await Pause(Gathering, time, stop);
        }
        await TakeLeave(observer);
    }

    /// <summary>One report; false after a failure and its pause.</summary>
    private async Task<bool> Report(IDirectoryObserver observer, CancellationToken stop)
    {
        try
        {
            Merge(await Central.Report(directory.Report(observer)).WaitAsync(AnswerWithin, time));
            if (_retry != FirstRetry) log.ReportsAgain();
            _retry = FirstRetry;
            return true;
        }
        catch (Exception failure)
        {
            log.ReportFailed(failure.Message, _retry);
            await Pause(_retry, time, stop);
            _retry = TimeSpan.FromTicks(Math.Min(_retry.Ticks * 2, BetweenReports.Ticks));
            return false;
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
            await Central.Report(directory.Report(observer) with { Maps = [] }).WaitAsync(AnswerWithin, time);
        }
        catch (Exception failure)
        {
            log.LeaveFailed(failure.Message);
        }
    }
}
