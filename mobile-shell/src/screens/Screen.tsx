/** Which screen a place is. */
import { useReach } from './frame/context';
import { Append } from './entry/Append';
import { EntryScreen } from './entry/EntryScreen';
import { ActionNews } from './family/ActionNews';
import { Chapters } from './family/Chapters';
import { ChronologyScreen } from './family/Chronology';
import { Entries } from './family/Entries';
import { FamilyScreen } from './family/FamilyScreen';
import { PlanScreen } from './family/PlanScreen';
import { PrepareScreen } from './family/PrepareScreen';
import { Settle } from './family/Settle';
import { Attest } from './check/Attest';
import { Check } from './check/Check';
import { Done } from './check/Done';
import { RecordScreen } from './record/RecordScreen';
import { Transcribe } from './record/Transcribe';
import { TypeScreen } from './record/TypeScreen';
import { ModelScreen } from './settings/ModelScreen';
import { ChangePassphrase } from './settings/ChangePassphrase';
import { Passkey } from './settings/Passkey';
import { Rescue } from './settings/Rescue';
import { Settings } from './settings/Settings';
import { SignOut } from './settings/SignOut';
import { Setup } from './setup/Setup';
import { TodayScreen } from './today/TodayScreen';
import { RefusedScreen } from './waiting/RefusedScreen';
import { Waiting } from './waiting/Waiting';

export function Screen() {
  const { route } = useReach();
  switch (route.at) {
    case 'today':
      return <TodayScreen />;
    case 'setup':
      return <Setup />;
    case 'waiting':
      return <Waiting />;
    case 'refused':
      return <RefusedScreen key={route.id} id={route.id} />;
    case 'settings':
      return <Settings />;
    case 'rescue':
      return <Rescue />;
    case 'passkey':
      return <Passkey />;
    case 'passphrase':
      return <ChangePassphrase />;
    case 'model':
      return <ModelScreen />;
    case 'signOut':
      return <SignOut />;
    case 'prepare':
      return <PrepareScreen key={route.family} family={route.family} />;
    case 'family':
      return <FamilyScreen key={route.family} family={route.family} />;
    case 'chronology':
      return <ChronologyScreen family={route.family} />;
    case 'entries':
      return <Entries family={route.family} />;
    case 'plan':
      return <PlanScreen family={route.family} />;
    case 'chapters':
      return <Chapters family={route.family} />;
    case 'settle':
      return <Settle family={route.family} />;
    case 'action':
      return <ActionNews family={route.family} id={route.id} />;
    case 'entry':
      return <EntryScreen key={route.id} family={route.family} id={route.id} />;
    case 'append':
      return <Append family={route.family} id={route.id} />;
    case 'record':
      return <RecordScreen key={route.family} family={route.family} />;
    case 'type':
      return <TypeScreen key={route.family} family={route.family} />;
    case 'transcribe':
      return <Transcribe key={route.id} id={route.id} />;
    case 'check':
      return <Check key={route.id} id={route.id} />;
    case 'attest':
      return <Attest key={route.id} id={route.id} />;
    case 'done':
      return <Done family={route.family} id={route.id} />;
  }
}
