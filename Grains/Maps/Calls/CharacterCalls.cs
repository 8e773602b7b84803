using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Maps.Players;
using MmoOrleans.Grains.Maps.Saving;

namespace MmoOrleans.Grains.Maps.Calls;

/// <summary>What a map has to say to the grains of its characters: saves, warps, and after a fail-over whether they may go on.</summary>
internal sealed class CharacterCalls(MapCalls calls)
{
    private const int MostSaves = 64;
    private const int MostBroughtUp = 16;

    public void Step(DateTimeOffset now)
    {
        foreach (var image in calls.Map.Saves.Due(Math.Max(0, MostSaves - calls.Outbox.Count(Errand.Save)), now))
            Save(image);
        foreach (var order in calls.Map.Warps.Due())
            Warp(order);
        foreach (var player in calls.Map.Rejoining.DueToAttach())
            Attach(player);
        foreach (var (character, until) in calls.Map.Mutes.Due(now))
            Mute(character, until);
        while (calls.Outbox.Count(Errand.BringUp) < MostBroughtUp && calls.Map.Carried.NextToSave(now) is { } entry)
            BringUp(entry);
    }

    private ICharacterKeeping Keeping(CharacterId character) => calls.Grains.GetGrain<ICharacterKeeping>(character.Value);

    private void Save(CharacterImage image) =>
        calls.Outbox.Start(Errand.Save, Guid.NewGuid(), () => Keeping(image.Character).Save(image), outcome => Saved(image, outcome));

    private void Saved(CharacterImage image, Outcome<SaveAnswer> outcome)
    {
        var answer = outcome.TryGet(out var said) ? said : SaveAnswer.Failed;
        if (answer == SaveAnswer.Failed)
            MapLog.SaveFailed(calls.Log, image.Character, calls.Map.Id, outcome.Failure?.Message ?? "the store did not take it");
        calls.Map.Saved(image, answer);
    }

    private void Warp(WarpOrder order) =>
        calls.Outbox.Start(Errand.Warp, order.WarpId, () => Keeping(order.Image.Character).Warp(order), outcome => Warped(order, outcome));

    /// <summary>An exception or silence says nothing about what was written: the same as an unknown outcome.</summary>
    private void Warped(WarpOrder order, Outcome<WarpAnswer> outcome)
    {
        var answer = outcome.TryGet(out var said) ? said : new WarpUnknown();
        calls.Metrics.Warps.Add(1);
        MapLog.Warped(calls.Log, order.Image.Character, calls.Map.Id, order.Destination, outcome.Failure?.Message ?? answer.ToString());
        calls.Map.Warps.Answered(order, answer);
    }

    private void Attach(Player player)
    {
        var (character, owner, fence) = (player.Character, player.Owner, calls.Map.Fence);
        calls.Outbox.Start(Errand.Attach, character.Value, () => Keeping(character).Attach(owner, fence), outcome =>
            calls.Map.Rejoining.Attached(character, owner, outcome.TryGet(out var answer) ? answer : new AttachAnswer(SaveAnswer.Failed)));
    }

    /// <summary>Its grain keeps the mute and tells the map, which waits for nothing here.</summary>
    private void Mute(CharacterId character, DateTimeOffset until) =>
        calls.Outbox.Start(Errand.Mute, character.Value, () => calls.Grains.GetGrain<ICharacterGrain>(character.Value).Mute(until), outcome =>
        {
            if (outcome.TryGet(out var answer) && (answer.TryGet(out _, out var why) || why.Code == RefusalCode.CharacterNotFound))
                calls.Map.Mutes.Kept(character, until);
        });

    private void BringUp(CheckpointEntry entry) =>
        calls.Outbox.Start(Errand.BringUp, entry.Character.Value, () => Keeping(entry.Character).Save(entry.ToImage(calls.Map.Id)), outcome =>
            calls.Map.BroughtUp(entry.Character, outcome.TryGet(out var answer) ? answer : SaveAnswer.Failed));
}
