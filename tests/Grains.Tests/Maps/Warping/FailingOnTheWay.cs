using MmoOrleans.Grains.Tests.Cluster;
using static MmoOrleans.Grains.Tests.Maps.Warping.GoesOn;
using static MmoOrleans.Grains.Tests.Maps.Warping.Mishap;
using static MmoOrleans.Grains.Tests.Maps.Warping.WarpMoment;

namespace MmoOrleans.Grains.Tests.Maps.Warping;

/// <summary>A warp between two maps, with real grains, and something that goes wrong at each of its awaits.</summary>
public sealed class FailingOnTheWay(HastyWarpStage stage) : IClassFixture<HastyWarpStage>
{
    [Theory]
    [InlineData(OrderLeaves, Fails, ByTicket)]
    [InlineData(OrderLeaves, IsLate, ByTicket)]
    [InlineData(OrderLeaves, SourceDies, OnFoot)]
    [InlineData(OrderLeaves, TargetDies, ByTicket)]
    [InlineData(OrderLeaves, CharacterDies, ByTicket)]
    [InlineData(SeatIsAskedFor, Fails, OnFoot)]
    [InlineData(SeatIsAskedFor, IsLate, OnFoot)]
    [InlineData(SeatIsAskedFor, SourceDies, ByTicket)]
    [InlineData(SeatIsAskedFor, TargetDies, ByTicket)]
    [InlineData(SeatIsAskedFor, CharacterDies, BySelecting)]
    [InlineData(SeatIsGiven, Fails, OnFoot)]
    [InlineData(SeatIsGiven, IsLate, OnFoot)]
    [InlineData(SeatIsGiven, SourceDies, ByTicket)]
    [InlineData(SeatIsGiven, TargetDies, ByTicket)]
    [InlineData(SeatIsGiven, CharacterDies, BySelecting)]
    [InlineData(BeforeCommit, Fails, ByTicket)]
    [InlineData(BeforeCommit, IsLate, BySelecting)]
    [InlineData(BeforeCommit, SourceDies, ByTicket)]
    [InlineData(BeforeCommit, TargetDies, ByTicket)]
    [InlineData(BeforeCommit, CharacterDies, BySelecting)]
    [InlineData(AfterCommit, Fails, ByTicket)]
    [InlineData(AfterCommit, IsLate, BySelecting)]
    [InlineData(AfterCommit, SourceDies, ByTicket)]
    [InlineData(AfterCommit, TargetDies, ByTicket)]
    [InlineData(AfterCommit, CharacterDies, BySelecting)]
    [InlineData(AnswerArrives, Fails, ByTicket)]
    [InlineData(AnswerArrives, IsLate, ByTicket)]
    [InlineData(AnswerArrives, SourceDies, ByTicket)]
    [InlineData(AnswerArrives, TargetDies, ByTicket)]
    [InlineData(AnswerArrives, CharacterDies, BySelecting)]
    public async Task There_is_one_avatar_in_one_place_and_it_plays_on(WarpMoment moment, Mishap mishap, GoesOn goesOn)
    {
        await using var traveller = await stage.Traveller();
        using var fault = WarpFault.At(moment, traveller, stage.Cluster);
        traveller.WalkTo(GatedFields.Away);
        await Wait.In(fault.Reached, $"the warp to come to {moment}");
        await traveller.SeesItselfGo();
        await fault.Strike(mishap);
        Assert.Equal(goesOn, await traveller.GoOn());
        if (mishap == IsLate)
            fault.Release();
        await traveller.IsInOnePlace();
        await traveller.PlaysOn();
    }
}
