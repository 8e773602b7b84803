using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Maps;

public class RunningInACluster(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    private readonly AccountId _account = AccountId.New();

    private IGrainFactory Grains => cluster.Grains;

    [Fact]
    public async Task A_started_map_registers_with_Central_and_connects_to_chat_in_that_order()
    {
        var map = await Started("a");
        var listed = await Grains.GetGrain<ICentralGrain>(GrainKeys.Central).GetState();
        Assert.Contains(listed.Maps, state => state.Map == map.ToString());
        var chat = await Grains.GetGrain<IChatChannelGrain>(GrainKeys.Chat("global")).GetState();
        Assert.Contains(chat.ConnectedMaps, name => name.Contains(map.ToString(), StringComparison.Ordinal));
        var acts = cluster.Log.All.Where(line => line.Text.Contains(map.ToString(), StringComparison.Ordinal)).Select(line => line.Event)
            .Where(act => act is 1300 or 1310 or 1311 or 1320).Distinct();
        Assert.Equal([1300, 1310, 1311, 1320], acts);
    }

    [Fact]
    public async Task An_unknown_map_says_so_and_registers_nothing()
    {
        var map = new MapId("a", "Nowhere");
        var answer = await Grains.GetGrain<IMapGrain>(map.Key).Start();
        Assert.Equal(RefusalCode.MapNotFound, Assert.IsType<Denied<MapReadiness>>(answer).Why.Code);
        Assert.NotEmpty((await Grains.GetGrain<IMapGrain>(map.Key).GetState()).Closed);
        var listed = await Grains.GetGrain<ICentralGrain>(GrainKeys.Central).GetState();
        Assert.DoesNotContain(listed.Maps, state => state.Map == map.ToString());
    }

    [Fact]
    public async Task A_player_enters_walks_leaves_and_comes_back_where_it_was()
    {
        await using var gateway = await LiveGateway.Join(Grains, new MapId("b", "Map001"));
        var ann = Character("Ann");
        var visitor = await gateway.Bring(ann, _account);
        var start = await gateway.Find(visitor);
        await gateway.Walk(visitor, start.X, start.Z + 2);
        await Wait.Until(() => gateway.PlaceOf(visitor)?.Z == start.Z + 2, "Ann to arrive");
        Assert.Empty(gateway.Told<StepRefused>(visitor));
        await gateway.Grain.Leave(ann.Id, visitor.Admission.Owner, LeaveKind.Left);
        gateway.Forget(visitor);
        await Wait.Until(() => gateway.Seen == 0, "Ann to be gone");
        var again = await gateway.Bring(ann, _account);
        Assert.Equal(start.Z + 2, (await gateway.Find(again)).Z);
    }

    [Fact]
    public async Task Positions_outlive_a_map_that_stops_without_a_word()
    {
        await using var gateway = await LiveGateway.Join(Grains, new MapId("c", "Map001"));
        var (ann, bob) = (Character("Cid"), Character("Dot"));
        var stays = await gateway.Bring(ann, _account);
        var goes = await gateway.Bring(bob, _account);
        var start = await gateway.Find(goes);
        await gateway.Walk(goes, start.X, start.Z + 1.5f);
        await Wait.Until(() => gateway.PlaceOf(goes)?.Z == start.Z + 1.5f, "Dot to arrive");
        await Checkpoints(gateway.Map, 2);
        gateway.Forget(goes); // its client does not come back with the gateway
        var (fence, entity) = (gateway.Fence, stays.Entity);
        await cluster.Deactivate(gateway.Grain);
        await Wait.Until(() => gateway.Fence > fence && gateway.Seen == 1, "the gateway to bring back its player");
        Assert.NotEqual(entity, stays.Entity);
        await Checkpoints(gateway.Map, 2); // these carry Dot, who has not come back
        await cluster.Deactivate(gateway.Grain);
        var back = await gateway.Bring(bob, _account);
        Assert.Equal(start.Z + 1.5f, (await gateway.Find(back)).Z);
    }

    [Fact]
    public async Task A_warp_moves_the_character_and_gives_a_ticket_for_the_other_map()
    {
        await using var from = await LiveGateway.Join(Grains, new MapId("d", "Map001"));
        await using var to = await LiveGateway.Join(Grains, new MapId("d", "Map002"));
        var ann = Character("Eve");
        var visitor = await from.Bring(ann, _account);
        var start = await from.Find(visitor);
        var walk = from.Walk(visitor, 20.5f, start.Z);
        await from.WaitFor<MovedAway>(visitor);
        await walk;
        from.Forget(visitor);
        var ticket = from.Told<MovedAway>(visitor)[0].Ticket;
        Assert.Equal(to.Map, ticket.Map);
        await Wait.Until(() => from.Seen == 0, "Eve to be gone from the first map");
        var arrived = await to.Bring(ann, _account, ticket);
        Assert.Equal(new Position(12.5f, 0, 12.5f), await to.Find(arrived));
    }

    [Fact]
    public async Task Global_chat_reaches_every_map_and_whispers_find_their_one()
    {
        await using var first = await LiveGateway.Join(Grains, new MapId("e", "Map001"));
        await using var second = await LiveGateway.Join(Grains, new MapId("f", "Map001"));
        var fay = await first.Bring(Character("Fay"), _account);
        var names = Grains.GetGrain<ICharacterNameGrain>(GrainKeys.CharacterName("Gus"));
        var gusListed = Character("Gus");
        Assert.IsType<Granted<Done>>(await names.Claim(gusListed.Id, _account));
        await names.Confirm(gusListed.Id);
        var gus = await second.Bring(gusListed, _account);
        await first.Say(fay, "to all");
        await Wait.Until(() => second.Heard(gus).Contains("to all") && first.Heard(fay).Contains("to all"), "both to hear it");
        Assert.Equal(Answer.Done, await first.Grain.Say(fay.Says("psst", ChatLineKind.Whisper, "gus")));
        await Wait.Until(() => second.Heard(gus).Contains("psst") && first.Heard(fay).Contains("psst"), "the whisper and its echo");
        var nobody = await first.Grain.Say(fay.Says("psst", ChatLineKind.Whisper, "Nobody"));
        Assert.Equal(RefusalCode.CharacterNotOnline, Assert.IsType<Denied<Done>>(nobody).Why.Code);
    }

    [Fact]
    public async Task Global_chat_whose_history_cannot_be_read_is_not_available_until_it_can()
    {
        await using var gateway = await LiveGateway.Join(Grains, new MapId("n", "Map001"));
        var visitor = await gateway.Bring(Character("Nan"), _account);
        using (cluster.Storage.FailAll(call => call.Kind == StorageCallKind.Read && call.State == "chat", CommitPoint.Before))
        {
            await cluster.Deactivate(Grains.GetGrain<IChatChannelGrain>(GrainKeys.Chat(ChatChannels.Global)));
            var refused = await gateway.Grain.Say(visitor.Says("anybody?"));
            Assert.Equal(RefusalCode.ChatNotAvailable, Assert.IsType<Denied<Done>>(refused).Why.Code);
        }
        await Wait.For(() => gateway.Grain.Say(visitor.Says("anybody?")), answer => answer is Granted<Done>, "the channel to be read");
    }

    [Fact]
    public async Task After_Central_has_restarted_the_map_is_listed_again()
    {
        var map = await Started("g");
        var central = Grains.GetGrain<ICentralGrain>(GrainKeys.Central);
        await cluster.Deactivate(central);
        await Wait.For(central.GetState, state => state.Maps.Any(listed => listed.Map == map.ToString()), "the map to be listed again");
    }

    [Fact]
    public async Task A_drained_map_has_saved_everybody()
    {
        await using var gateway = await LiveGateway.Join(Grains, new MapId("h", "Map001"));
        var ann = Character("Hal");
        await gateway.Bring(ann, _account);
        var writes = cluster.Storage.Writes("character");
        Assert.Equal((0, true), await Drained(gateway, DrainReason.Stop));
        Assert.True(cluster.Storage.Writes("character") > writes, "no character was written");
        var refused = Assert.IsType<Denied<MapAddress>>(await gateway.Grain.Reserve(CharacterId.New(), TimeSpan.FromSeconds(1)));
        Assert.Equal(RefusalCode.ServerClose, refused.Why.Code);
    }

    [Fact]
    public async Task A_drained_map_that_is_told_to_go_on_lets_its_players_walk_and_others_in()
    {
        await using var gateway = await LiveGateway.Join(Grains, new MapId("o", "Map001"));
        var visitor = await gateway.Bring(Character("Ola"), _account);
        var start = await gateway.Find(visitor);
        var drained = await gateway.Grain.Drain(TimeSpan.FromSeconds(10), DrainReason.Move);
        Assert.Null(await gateway.Grain.Drain(TimeSpan.FromSeconds(10), DrainReason.Move));
        await gateway.Grain.Resume(drained!.Id);

        await gateway.Walk(visitor, start.X, start.Z + 1.5f);
        await Wait.Until(() => gateway.PlaceOf(visitor)?.Z == start.Z + 1.5f, "Ola to walk on");
        await gateway.Bring(Character("Pia"), _account);
        Assert.False(await gateway.Grain.MoveTo(drained.Id, await cluster.Elsewhere(gateway.Grain)));
        Assert.Equal((0, true), await Drained(gateway, DrainReason.Move));
    }

    [Fact]
    public async Task A_silo_that_stops_takes_a_map_over_from_whoever_moves_it()
    {
        await using var gateway = await LiveGateway.Join(Grains, new MapId("p", "Map001"));
        await gateway.Bring(Character("Rob"), _account);
        var moves = await gateway.Grain.Drain(TimeSpan.FromSeconds(10), DrainReason.Move);
        Assert.Null(await gateway.Grain.Drain(TimeSpan.FromSeconds(10), DrainReason.StopAndMove, await cluster.Elsewhere(gateway.Grain)));
        var stops = await gateway.Grain.Drain(TimeSpan.FromSeconds(10), DrainReason.StopAndMove, await cluster.Where(gateway.Grain));

        await gateway.Grain.Resume(moves!.Id);
        Assert.False(await gateway.Grain.MoveTo(moves.Id, await cluster.Elsewhere(gateway.Grain)));
        var refused = Assert.IsType<Denied<MapAddress>>(await gateway.Grain.Reserve(CharacterId.New(), TimeSpan.FromSeconds(1)));
        Assert.Equal(RefusalCode.MapServerNotReady, refused.Why.Code);
        Assert.True(stops is { IsStored: true, Unsaved: 0 });
    }

    [Fact]
    public async Task A_map_whose_last_checkpoint_the_store_does_not_take_is_not_moved_and_goes_on()
    {
        await using var gateway = await LiveGateway.Join(Grains, new MapId("q", "Map001"));
        var visitor = await gateway.Bring(Character("Sue"), _account);
        var start = await gateway.Find(visitor);
        MapDrained? drained;
        using (cluster.Storage.FailAll(call => call.Kind == StorageCallKind.Write && call.State == "map", CommitPoint.Before))
            drained = await gateway.Grain.Drain(TimeSpan.FromSeconds(1), DrainReason.Move);
        Assert.Equal((0, false), (drained!.Unsaved, drained.IsStored));
        Assert.False(await gateway.Grain.MoveTo(drained.Id, await cluster.Elsewhere(gateway.Grain)));
        gateway.Walk(visitor, start.X, start.Z + 1.5f).Ignore(); // while it stands still
        await gateway.Grain.Resume(drained.Id);
        await Wait.Until(() => gateway.PlaceOf(visitor)?.Z == start.Z + 1.5f, "Sue to arrive");
    }

    private static async Task<(int Unsaved, bool IsStored)> Drained(LiveGateway gateway, DrainReason why) =>
        await gateway.Grain.Drain(TimeSpan.FromSeconds(10), why) is { } drained ? (drained.Unsaved, drained.IsStored) : (-1, false);

    private static CharacterListed Character(string name) => new(CharacterId.New(), name, default, DateTimeOffset.UnixEpoch, null);

    private async Task<MapId> Started(string channel)
    {
        var map = new MapId(channel, "Map001");
        var grain = Grains.GetGrain<IMapGrain>(map.Key);
        await Wait.For(grain.Start, answer => answer.TryGet(out var ready, out _) && ready is { Registered: true, ConnectedToChat: true }, $"{map} to be ready");
        return map;
    }

    /// <summary>Until so many more checkpoints are stored; those of other maps count too, so a few more than needed are awaited.</summary>
    private async Task Checkpoints(MapId map, int count)
    {
        var tick = (await Grains.GetGrain<IMapGrain>(map.Key).GetState()).Tick;
        await Wait.For(Grains.GetGrain<IMapGrain>(map.Key).GetState, state => state.Tick > tick + (count * 45), $"{count} checkpoints of {map}");
    }
}
