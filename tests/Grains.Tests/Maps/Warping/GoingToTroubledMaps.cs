using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Maps.Warping;

/// <summary>Warps to maps that take nobody, as patient as in the wild: the player is told and walks on.</summary>
public sealed class GoingToTroubledMaps(WarpStage stage) : IClassFixture<WarpStage>
{
    /// <summary>Of the map's own time, and twice what it waits: the test looks later than the map answers.</summary>
    private const int StepsInFourSeconds = 80;

    [Fact]
    public async Task A_full_map_takes_nobody()
    {
        await using var traveller = await stage.Traveller();
        for (var seat = 0; seat < 2; seat++)
            Assert.IsType<Granted<MapAddress>>(await traveller.Map(GatedFields.Full).Reserve(CharacterId.New(), TimeSpan.FromSeconds(30)));
        await WalksOnFrom(traveller, GatedFields.Full, RefusalCode.MapIsFull);
    }

    [Fact]
    public async Task A_map_that_there_is_not_takes_nobody()
    {
        await using var traveller = await stage.Traveller();
        await WalksOnFrom(traveller, GatedFields.Nowhere, RefusalCode.MapNotFound);
    }

    [Fact]
    public async Task A_map_that_does_not_answer_is_not_waited_for_long()
    {
        await using var traveller = await stage.Traveller();
        using var silence = stage.Cluster.Calls.HoldAll(traveller.Map(GatedFields.Slow).GetGrainId(), nameof(IMapEntrance.Reserve), CallPoint.There);
        await WalksOnFrom(traveller, GatedFields.Slow, RefusalCode.MapServerNotReady, silence.Arrived);
    }

    [Fact]
    public async Task Without_an_outcome_the_player_is_frozen_and_after_ten_seconds_selects_again()
    {
        await using var traveller = await stage.Traveller();
        var character = traveller.Character.GetGrainId();
        int Tries() => stage.Cluster.Storage.Calls.Count(call => call.Grain == character && call.IsChange);
        var before = Tries();
        using (stage.Cluster.Storage.FailAll(call => call.Grain == character && call.IsChange, CommitPoint.Before))
        {
            traveller.WalkTo(GatedFields.Away);
            await Wait.Until(() => Tries() > before + 2, "the warp to be tried again and again");
            Assert.Equal(RefusalCode.RetryLater, (await traveller.SentAway()).Code);
        }

        Assert.Equal(GoesOn.BySelecting, await traveller.GoOn());
        await traveller.IsInOnePlace();
        await traveller.PlaysOn();
    }

    private static async Task WalksOnFrom(Traveller traveller, string map, RefusalCode code, Task? asked = null)
    {
        traveller.WalkTo(map);
        await Wait.In(asked ?? Task.CompletedTask, $"{map} to be asked");
        var began = (await traveller.Home.GetState()).Tick;
        var refused = await traveller.Refused();
        if (asked is not null)
            Assert.InRange((await traveller.Home.GetState()).Tick - began, 0, StepsInFourSeconds);
        Assert.Equal((map, Refusal.For(code).Sentence), (refused.ToMap, refused.Why.Sentence));
        Assert.Equal(GoesOn.OnFoot, await traveller.GoOn());
        await traveller.IsInOnePlace();
        await traveller.PlaysOn();
    }
}
