using System.Collections.Immutable;
using System.Diagnostics;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Maps.Calls;
using MmoOrleans.Grains.Maps.Data;
using MmoOrleans.Grains.Maps.Saving;
using MmoOrleans.Grains.Maps.Systems;

namespace MmoOrleans.Grains.Maps;

/// <summary>
/// A map and everything that calls out for it, driven by one timer. It says when the timer is to come next: each step while there
/// is somebody, seldom while there is nobody, and then nothing steps.
/// </summary>
internal sealed class RunningMap(MapCalls calls, MapData ground, ImmutableArray<string> warnings, MapListing listing,
        ChatSubscription subscription, CentralCalls central, ChatCalls chat, TimeProvider time)
{
    /// <summary>
    /// A map that rests comes when chat is to hear of it, and after this at the latest, to look after its registration (Central hears of
    /// it from its silo). At chat's heartbeat of 5 s a thousand resting maps are 200 such looks a second.
    /// </summary>
    public static readonly TimeSpan Housekeeping = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Starting = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastBreath = TimeSpan.FromMilliseconds(1);

    private readonly RecordCalls _record = new(calls);
    private readonly CharacterCalls _characters = new(calls);
    private readonly TickClock _clock = new(calls.Options.Step);
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource<MapReadiness>? _up;
    private int _countedSaves;

    public Map Map => calls.Map;

    /// <summary>For tickets: the freshest there is.</summary>
    public MapAddress Address => calls.Directory.BestAddress is var best && best != MapAddress.Unknown ? best : listing.Connection.Address;

    public ChatCalls Chat => chat;

    public ChatSubscription Subscription => subscription;

    /// <summary>Nobody is here, expected or owed anything: stopping it takes nothing from anybody.</summary>
    public bool IsUnused => Map.IsIdle && !chat.IsSubscribed;

    public Draining Draining { get; } = new(calls, time);

    public Speech Speech { get; } = new(calls, chat, time);

    public MapReadiness Readiness =>
        new(central.IsRegistered, chat.IsConnected, ground.Width, ground.Height, ground.Warps.Length, warnings);

    public MapState State => new(
        Map.Id.ToString(), "", $"{ground.Width}x{ground.Height}", Map.Users, Map.Entities, Map.Tick, Map.Fence.ToString(), central.IsRegistered,
        chat.IsConnected ? $"connected, heard {Map.Audience.Follower.Position?.ToString() ?? "nothing: no players"}" : "not connected",
        [.. calls.Directory.Maps.Where(map => map.Map != Map.Id).Select(map => map.Map.ToString()).Order()],
        Map.Feeds.Describe(), string.Join(" ", listing.Connection.Address.Endpoints))
    {
        CheckpointTick = Map.Checkpoints.StoredTick,
    };

    /// <summary>Makes the steps that are due and starts the calls that have become necessary. Returns the time until it wants to be called again.</summary>
    public TimeSpan Tick()
    {
        var now = time.GetUtcNow();
        Map.ApplyPosted(now); // First: what came in since the last step leaves with the frames of this one.
        if (Map.IsIdle)
            _clock.Rest();
        else
            MakeSteps(now);
        StartCalls(now);
        TellIfUp();
        listing.Users = Map.Users;
        CountSaves(Map.Saves.Count);
        return LaterThan(Map.IsIdle ? Rest(now) : _clock.UntilNext(time.GetUtcNow()));
    }

    /// <summary>How far the map is when it is registered, when the time is over, or when it stops.</summary>
    public async Task<MapReadiness> BringUp(TimeSpan within)
    {
        var present = Readiness;
        if (present.Registered)
            return present;
        _up ??= new TaskCompletionSource<MapReadiness>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            return await _up.Task.WaitAsync(within, time);
        }
        catch (TimeoutException)
        {
            return present; // It would have been told of any change.
        }
    }

    /// <inheritdoc cref="Maps.Map.GoOnFrom"/>
    public void GoOnFrom(Fence fence, DateTimeOffset frozen)
    {
        Map.GoOnFrom(fence, frozen);
        MapLog.GoesOn(calls.Log, Map.Id, calls.Directory.Silo, fence);
    }

    /// <summary>Counts and logs how an entry went.</summary>
    public void Count(MapEntry entry, Answer<MapWelcome> answer)
    {
        var character = entry.Admission.Character;
        if (answer.TryGet(out var welcome, out var why))
        {
            calls.Metrics.Entries.Add(1);
            MapLog.Entered(calls.Log, character, Map.Id, welcome.Entity, entry.Admission.Owner);
        }
        else
        {
            calls.Metrics.Refusals.Add(1);
            MapLog.EntryRefused(calls.Log, character, Map.Id, why.Code);
        }
    }

    public void Stop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _up?.TrySetResult(Readiness);
        CountSaves(0);
        calls.Directory.Detach(listing);
    }

    private TimeSpan Rest(DateTimeOffset now)
    {
        if (!chat.IsConnected || Draining.IsUnderWay)
            return Starting;
        var wait = chat.NextConnect - now;
        // Not in the future: it is time, but there is no chat server just now.
        return wait > TimeSpan.Zero && wait < Housekeeping ? wait : Housekeeping;
    }

    private static TimeSpan LaterThan(TimeSpan wait) => wait > LastBreath ? wait : LastBreath;

    private void TellIfUp()
    {
        if (_up is null || (!central.IsRegistered && Map.MustStop is null))
            return;
        _up.TrySetResult(Readiness);
        _up = null;
    }

    private void CountSaves(int waiting)
    {
        if (waiting != _countedSaves)
            calls.Metrics.SavesWaiting.Add(waiting - _countedSaves);
        _countedSaves = waiting;
    }

    private void MakeSteps(DateTimeOffset now)
    {
        var (began, before) = (Stopwatch.GetTimestamp(), _clock.Skipped);
        var made = _clock.Make(time, skipped => Map.Step(now, skipped));
        calls.Metrics.SkippedSteps.Add(_clock.Skipped - before);
        if (made == 0)
            return;
        if (Map.MustStop is null)
            SendFrames(now);
        calls.Metrics.StepDuration.Record(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private void SendFrames(DateTimeOffset now)
    {
        foreach (var (observer, frame) in Map.Frames(now))
        {
            // One way: a frame that is lost is healed by the next, which starts at the acknowledged tick.
            observer.OnFrame(frame).Ignore();
            calls.Metrics.Frames.Add(1);
        }
    }

    private void StartCalls(DateTimeOffset now)
    {
        if (Map.MustStop is not null)
            return;
        central.Step(now);
        _record.Step(now);
        _characters.Step(now);
        chat.Step(now);
        RunErrands();
        Draining.Step(now, _record);
    }

    private void RunErrands()
    {
        while (Map.Errands.TryTake(out var errand))
            Run(errand).Ignore();
    }

    private async Task Run(Func<CancellationToken, Task<Action>> errand)
    {
        var then = await Errands.Run(errand, () => MapLog.ErrandLate(calls.Log, Map.Id, Errands.Deadline), time, _stopping.Token);
        Map.Post(() =>
        {
            Map.Errands.Done();
            then();
        });
    }
}
